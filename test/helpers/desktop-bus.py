"""A desktop's tray and notifications on a message bus of its own: says each call as a line of JSON, and does what lines of its input ask."""

import json
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
WATCHER = "org.kde.StatusNotifierWatcher"
NOTIFICATIONS = "org.freedesktop.Notifications"
items = []


def say(**what):
    print(json.dumps(what), flush=True)


def properties(service, path, names):
    item = dbus.Interface(bus.get_object(service, path), dbus.PROPERTIES_IFACE)
    return {name: item.Get("org.kde.StatusNotifierItem", name) for name in names}


class Watcher(dbus.service.Object):
    @dbus.service.method(WATCHER, in_signature="s", sender_keyword="sender")
    def RegisterStatusNotifierItem(self, service, sender=None):
        path = service if service.startswith("/") else "/StatusNotifierItem"
        items.append((sender if service.startswith("/") else service, path))
        say(event="item")

    @dbus.service.method(WATCHER, in_signature="s")
    def RegisterStatusNotifierHost(self, service):
        pass

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return {"IsStatusNotifierHostRegistered": True, "ProtocolVersion": dbus.Int32(0)}.get(name, dbus.Array([], "s"))

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature="s", out_signature="a{sv}")
    def GetAll(self, interface):
        return {"IsStatusNotifierHostRegistered": True, "ProtocolVersion": dbus.Int32(0)}

    @dbus.service.signal(WATCHER, signature="s")
    def StatusNotifierItemRegistered(self, service):
        pass


class Notifications(dbus.service.Object):
    last = 0

    @dbus.service.method(NOTIFICATIONS, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app, replaces, icon, summary, body, actions, hints, timeout):
        self.last += 1
        say(event="notification", id=self.last, title=str(summary), body=str(body))
        return self.last

    @dbus.service.method(NOTIFICATIONS, in_signature="u")
    def CloseNotification(self, number):
        pass

    @dbus.service.method(NOTIFICATIONS, out_signature="as")
    def GetCapabilities(self):
        return ["actions", "body"]

    @dbus.service.method(NOTIFICATIONS, out_signature="ssss")
    def GetServerInformation(self):
        return ("test", "zerodesk", "1", "1.2")

    @dbus.service.signal(NOTIFICATIONS, signature="us")
    def ActionInvoked(self, number, action):
        pass


def read(_source, _condition):
    line = sys.stdin.readline()
    if line == "":
        loop.quit()
        return False
    wish = json.loads(line)
    try:
        if wish["do"] == "click-notification":
            notifications.ActionInvoked(dbus.UInt32(wish["id"]), "default")
        elif wish["do"] == "click-item":
            service, path = items[-1]
            bus.get_object(service, path).Activate(0, 0, dbus_interface="org.kde.StatusNotifierItem")
        elif wish["do"] == "tooltip":
            service, path = items[-1]
            found = properties(service, path, ["ToolTip"])["ToolTip"]
            say(event="tooltip", text=str(found[2]))
    except Exception as error:
        say(event="error", text=str(error))
    return True


names = [dbus.service.BusName(name, bus) for name in (WATCHER, NOTIFICATIONS)]
watcher = Watcher(bus, "/StatusNotifierWatcher")
notifications = Notifications(bus, "/org/freedesktop/Notifications")
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, read)
loop = GLib.MainLoop()
say(event="ready")
loop.run()
