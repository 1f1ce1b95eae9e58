import { render } from "preact";
import { deviceStore, makeShelf } from "../shared/shelf";
import { Address } from "../staff/address";
import { Session } from "../staff/session";
import { App } from "./app";

const root = document.getElementById("app");
if (root) {
  render(
    <App
      session={new Session((path, init) => fetch(path, init))}
      address={new Address(window, "/editor")}
      shelf={makeShelf(deviceStore(), "emma.editor.")}
    />,
    root,
  );
}
