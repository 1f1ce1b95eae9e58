import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Language } from "../shared/protocol";
import type { Api } from "../staff/api";
import { Prose } from "../staff/prose";

const PAUSE = 400; // ms without a key before the server is asked

// Preview shows Markdown as visitors get it, by the server's own pipeline. The last
// good preview stays while the next one is made.
export function Preview({ api, markdown, language }: { api: Api; markdown: string; language: Language }) {
  const html = useSignal("");
  const late = useSignal(false);
  const problem = useSignal("");
  const asked = useRef(0);
  useEffect(() => {
    if (!markdown.trim()) {
      html.value = "";
      problem.value = "";
      return;
    }
    const turn = ++asked.current;
    const soon = setTimeout(async () => {
      const slow = setTimeout(() => (late.value = true), PAUSE);
      try {
        const made = await api.call<{ html: string }>("POST", "/api/preview", { markdown, language });
        if (turn !== asked.current) return;
        html.value = made.html;
        problem.value = "";
      } catch {
        if (turn === asked.current) problem.value = "The preview cannot be made now. Your text is not touched.";
      } finally {
        clearTimeout(slow);
        late.value = false;
      }
    }, html.value ? PAUSE : 0);
    return () => clearTimeout(soon);
  }, [markdown]);
  return (
    <>
      {html.value ? (
        <div class="preview" lang={language}>
          <Prose html={html.value} />
        </div>
      ) : (
        <p class="fine">{markdown.trim() ? (late.value ? "Loading\u2026" : "") : "The preview appears here."}</p>
      )}
      {problem.value && (
        <p class="fine field-error" role="status">
          {problem}
        </p>
      )}
    </>
  );
}
