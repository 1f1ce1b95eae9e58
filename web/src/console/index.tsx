import { render } from "preact";
import { deviceClock } from "../shared/clock";
import { deviceStore, makeShelf } from "../shared/shelf";
import { Address } from "../staff/address";
import { Session } from "../staff/session";
import { App } from "./app";
import { ticking } from "./clock";

const root = document.getElementById("app");
if (root) {
  const session = new Session((path, init) => fetch(path, init));
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  render(
    <App
      session={session}
      address={new Address(window, "/console")}
      shelf={makeShelf(deviceStore(), "emma.desk.")}
      clock={deviceClock()}
      now={ticking(document, 10_000, () => session.api.skew)}
      dial={() => new WebSocket(`${scheme}//${location.host}/ws/agent`, "emma.v1")}
    />,
    root,
  );
}
