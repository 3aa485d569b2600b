"""What the measures lend to shared pages: their entries in the menu."""

from django.utils.translation import gettext_lazy as _

from terreau.web.desks import MenuEntry, lend

lend(MenuEntry(_("Find support"), "find", 10))
lend(MenuEntry(_("Measures"), "measures", 20))
lend(MenuEntry(_("Examples"), "examples", 40))
