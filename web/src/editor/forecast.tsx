import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../staff/api";
import type { Gap } from "./inbox";

const PAUSE = 600; // ms without a change before the server is asked

interface Props {
  api: Api;
  gap: Gap;
  article: string; // "" for a new one
  question: string;
  answer: string;
  wordings: readonly string[];
}

interface Gain {
  readonly tried: number;
  readonly answered: number;
}

// GapForecast says how many of the recorded questions Emma would answer then. It
// never stands in the way of saving.
export function GapForecast({ api, gap, article, question, answer, wordings }: Props) {
  const gain = useSignal<Gain | undefined>(undefined);
  const state = useSignal<"" | "asking" | "failed">("");
  const turn = useRef(0);
  const key = JSON.stringify([article, question, answer, wordings]);
  const complete = article ? wordings.length > 0 : question.trim() !== "" && answer.trim() !== "";
  useEffect(() => {
    if (!complete) return;
    const mine = ++turn.current;
    const soon = setTimeout(async () => {
      state.value = "asking";
      try {
        const found = await api.call<Gain>("POST", "/api/gaps/gain", { questions: gap.questions, language: gap.language, article, question, answer, wordings });
        if (mine !== turn.current) return;
        gain.value = found;
        state.value = "";
      } catch {
        if (mine === turn.current) state.value = "failed";
      }
    }, gain.value ? PAUSE : 0);
    return () => clearTimeout(soon);
  }, [key]);
  if (!complete) return null;
  return (
    <p class="fine" role="status">
      {state.value === "asking"
        ? "Trying it on the recorded questions\u2026"
        : state.value === "failed"
          ? "The gain cannot be foreseen now. You can save all the same."
          : gain.value
            ? `Emma would answer ${gain.value.answered} of ${gain.value.tried === 1 ? "this 1 recorded question" : `these ${gain.value.tried} recorded questions`}.`
            : ""}
    </p>
  );
}
