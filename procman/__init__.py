"""procman reads councils' children's services procedures manuals and compares them."""
