import { useSignal } from "@preact/signals";
import type { ComponentChild } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Staff } from "../shared/protocol";
import { Failure } from "./failure";
import { Icon, Mark } from "./icon";
import { words, type Session } from "./session";

interface Props {
  session: Session;
  // ended says that a session was lost while somebody worked.
  ended: boolean;
  place: string; // "desk" or "knowledge base"
}

// Fields that keep their own value have a key: without one, a notice that appears
// above them would take over their element.
function SignIn({ session, ended, place }: Props) {
  const failure = useSignal("");
  const busy = useSignal(false);
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = "Sign in \u00b7 Emma";
    name.current?.focus();
  }, []);

  async function submit(event: Event) {
    event.preventDefault();
    if (busy.value) return;
    const [who, secret] = [name.current, password.current];
    if (!who || !secret) return;
    const missing = !who.value.trim() ? who : !secret.value ? secret : undefined;
    if (missing) {
      failure.value = missing === who ? "Type your name." : "Type your password.";
      missing.focus();
      return;
    }
    busy.value = true;
    failure.value = "";
    try {
      await session.signIn(who.value.trim(), secret.value);
    } catch (error) {
      failure.value = words(error);
      busy.value = false;
      secret.select();
    }
  }

  return (
    <main class="door-page">
      <form class="card signin" onSubmit={submit} noValidate aria-labelledby="signin-h">
        <Mark />
        <div>
          <h1 id="signin-h">Sign in</h1>
          <p class="muted">To the {place}</p>
        </div>
        {ended && (
          <div key="ended" class="notice lamp" role="status">
            <Icon name="info" />
            <p>Your session ended. Sign in again. What you wrote is kept on this device.</p>
          </div>
        )}
        <Failure text={failure.value} id="signin-error" />
        <div key="name" class="field">
          <label for="signin-name">Name</label>
          <input class="input" id="signin-name" ref={name} autocomplete="username" maxLength={60} required aria-describedby={failure.value ? "signin-error" : undefined} />
        </div>
        <div key="password" class="field">
          <label for="signin-password">Password</label>
          <input class="input" id="signin-password" ref={password} type="password" autocomplete="current-password" required aria-describedby={failure.value ? "signin-error" : undefined} />
        </div>
        <button class="button primary" type="submit" aria-disabled={busy.value}>
          {busy.value ? "Signing in\u2026" : "Sign in"}
        </button>
      </form>
    </main>
  );
}

interface DoorProps {
  session: Session;
  place: string; // as in SignIn
  children: (staff: Staff) => ComponentChild;
}

// Door lets in who is signed in, and shows everybody else how to.
export function Door({ session, place, children }: DoorProps) {
  useEffect(() => void session.resume(), []);
  const state = session.state.value;
  switch (state.kind) {
    case "asking":
      return <Waiting session={session} />;
    case "failed":
      return <Waiting session={session} text={state.text} />;
    case "out":
      return <SignIn session={session} ended={state.ended} place={place} />;
    case "in":
      return <>{children(state.staff)}</>;
  }
}

// Waiting is the page while nobody knows yet who is signed in.
function Waiting({ session, text }: { session: Session; text?: string }) {
  const late = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => (late.value = true), 400);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main class="door-page">
      <h1 class="sr">Emma</h1>
      {text ? (
        <Failure text={text}>
          <p>
            <button class="button" type="button" onClick={() => void session.resume()}>
              Try again
            </button>
          </p>
        </Failure>
      ) : (
        <p class="muted" role="status">
          {late.value ? "Loading\u2026" : ""}
        </p>
      )}
    </main>
  );
}
