"""procman reads councils' children's services procedures manuals and compares them.

Names load when they are first used, so that importing procman costs next to nothing; `__init__.pyi` says where each is.
"""

import lazy_loader

# No module beside this file is named like a public name: importing it would put the module in the name's place.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
