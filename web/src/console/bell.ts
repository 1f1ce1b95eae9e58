import type { Bell } from "./alerts";

// deviceBell rings on this device. go opens a conversation when its notification is
// pressed.
export function deviceBell(page: Document, go: (conversation: string) => void): Bell {
  let sound: AudioContext | undefined;
  return {
    looking: () => !page.hidden && page.hasFocus(),
    ring(volume, pressing) {
      try {
        sound ??= new AudioContext();
        void sound.resume();
        const notes = pressing ? [660, 880, 660, 880] : [660, 880];
        notes.forEach((hertz, i) => note(sound as AudioContext, hertz, i * 0.18, volume / 20));
      } catch {
        // no sound on this device: title, dot and notification remain
      }
    },
    notify(alarm, pressing) {
      if (!("Notification" in window) || Notification.permission !== "granted") return;
      const shown = new Notification("Emma", { body: alarm.text, tag: alarm.conversation, icon: "/mark.svg", requireInteraction: pressing, silent: true });
      shown.onclick = () => {
        window.focus();
        if (alarm.conversation) go(alarm.conversation);
        shown.close();
      };
    },
    dot(on) {
      const link = page.querySelector<HTMLLinkElement>("link[rel=icon]");
      const to = on ? "/mark-dot.svg" : "/mark.svg";
      if (link && link.getAttribute("href") !== to) link.setAttribute("href", to);
    },
  };
}

function note(sound: AudioContext, hertz: number, after: number, loudness: number) {
  const [tone, gain] = [sound.createOscillator(), sound.createGain()];
  const at = sound.currentTime + after;
  tone.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loudness, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.16);
  tone.connect(gain).connect(sound.destination);
  tone.start(at);
  tone.stop(at + 0.17);
}
