"""The one place where Terreau is put together: settings, addresses, server and command line."""
