"""procman reads councils' children's services procedures manuals and compares them.

Each name loads when you first use it, so importing procman is quick. `__init__.pyi` lists the names and their modules.
"""

import lazy_loader

# Give no module beside this file the name of a public function: importing the module would replace the function.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
