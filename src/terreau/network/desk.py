"""What the network lends to shared pages: its entry in the menu."""

from django.utils.translation import gettext_lazy as _

from terreau.web.desks import MenuEntry, lend

lend(MenuEntry(_("The plea"), "plea", 60))
