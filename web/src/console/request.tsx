import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Row } from "../shared/protocol";
import { Refusal } from "../staff/api";
import { Dialog, DialogFoot } from "../staff/dialog";
import { words } from "../staff/session";
import type { Case, Casework } from "./casework";

interface Props {
  casework: Casework;
  row: Row;
  leave: () => void;
  opened: (found: Case) => void;
}

// Request opens a service request from a conversation.
export function Request({ casework, row, leave, opened }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const failure = useSignal({ field: "", text: "" });
  const busy = useSignal(false);
  useEffect(() => void casework.load(), []);

  async function submit(event: Event) {
    event.preventDefault();
    if (!form.current || busy.value) return;
    const given = new FormData(form.current);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    busy.value = true;
    try {
      opened(await casework.request({ conversation: row.conversation, request: text("request"), text: text("text"), receipt: text("receipt"), name: text("name"), email: text("email"), phone: text("phone") }));
    } catch (error) {
      const field = error instanceof Refusal ? String((error.body as { field?: string } | undefined)?.field ?? "") : "";
      failure.value = { field, text: words(error) };
      form.current.querySelector<HTMLElement>(`[name="${field || "text"}"]`)?.focus();
    }
    busy.value = false;
  }
  const field = (name: string, label: string, keyboard: "text" | "email" | "tel") => (
    <label class="field" key={name}>
      <span class="legend">{label}</span>
      <input class="input" name={name} inputMode={keyboard} maxLength={200} autocomplete="off" aria-invalid={failure.value.field === name} />
    </label>
  );
  return (
    <Dialog labelledby="rq-h" leave={leave}>
      <form class="stack" onSubmit={submit} ref={form} noValidate>
        <h2 id="rq-h">Open a service request</h2>
        <label class="field">
          <span class="legend">What it is about</span>
          <select class="input" name="request">
            {casework.types.value.map((t) => (
              <option key={t.id} value={t.id}>
                {t.label.en}
              </option>
            ))}
          </select>
        </label>
        <div class="field">
          <label for="rq-text">The facts</label>
          <textarea class="input" id="rq-text" name="text" rows={4} maxLength={4000} aria-invalid={failure.value.field === "text"} />
        </div>
        {field("receipt", "Receipt number (sealed)", "text")}
        {field("name", "Name", "text")}
        {field("email", "E-mail", "email")}
        {field("phone", "Phone", "tel")}
        <p class="fine">A receipt number or an e-mail address is needed: the visitor asks for the status with it. The visitor gets the reference at once.</p>
        <DialogFoot failure={failure.value.text} busy={busy.value ? "Opening\u2026" : ""} does="Open the request" leave={leave} />
      </form>
    </Dialog>
  );
}
