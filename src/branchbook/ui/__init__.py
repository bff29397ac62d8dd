"""The window: places, widgets and the one door to the services. Only here, and in app, is Qt."""
