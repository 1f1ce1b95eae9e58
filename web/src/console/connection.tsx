import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Status } from "../shared/connection";
import { Icon } from "../staff/icon";

interface Props {
  line: ReadonlySignal<Status>;
  retry: () => void;
}

// Lost tells that the line is down and when it comes back. The seconds are for the
// eye; readers hear only that it was lost and that it is back.
export function Lost({ line, retry }: Props) {
  const seconds = useSignal(0);
  const back = useSignal(false);
  const wasDown = useRef(false);
  const status = line.value;
  const down = status.kind === "waiting" || (status.kind === "connecting" && wasDown.current);

  useEffect(() => {
    if (status.kind === "waiting") wasDown.current = true;
    if (status.kind === "open" && wasDown.current) {
      wasDown.current = false;
      back.value = true;
      const timer = setTimeout(() => (back.value = false), 4000);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [status.kind]);

  useEffect(() => {
    if (status.kind !== "waiting") return;
    const count = () => (seconds.value = Math.max(0, Math.ceil((status.until - Date.now()) / 1000)));
    count();
    const timer = setInterval(count, 500);
    return () => clearInterval(timer);
  }, [status]);

  if (status.kind === "ended" && status.code !== 4501) {
    return (
      <div class="strip danger" role="alert">
        <Icon name="alert" />
        <p>The server closed the line. What you wrote is kept on this device.</p>
        <button class="button" type="button" onClick={retry}>
          Connect again
        </button>
      </div>
    );
  }
  return (
    <>
      {down && (
        <div class="strip danger">
          <Icon name="alert" />
          <p>
            <span role="alert">No connection. What you write is kept on this device.</span>{" "}
            <span aria-hidden="true">{status.kind === "waiting" && seconds.value > 0 ? `Trying again in ${seconds.value} s.` : "Trying now."}</span>
          </p>
          <button class="button" type="button" onClick={retry}>
            Try now
          </button>
        </div>
      )}
      <div role="status" class={back.value ? "strip good" : undefined}>
        {back.value && (
          <>
            <Icon name="check" />
            <p>Connected again. Nothing was lost.</p>
          </>
        )}
      </div>
    </>
  );
}
