package web

import "emma/knowledge"

// star is one mark of the rating.
type star struct {
	Value int
	Name  string
}

// plainWords are the words of the chat page in one language.
func plainWords(language string) map[string]any {
	if language == knowledge.Spanish {
		return map[string]any{
			"title": "Chat con Emma", "computer": "Asistente virtual", "person": "Persona, agente en vivo", "other": "en", "otherName": "English",
			"hello": "Hola. Soy Emma.", "about": "Soy un programa de computadora, no una persona. Respondo preguntas generales. No puedo ver el caso de nadie.",
			"ask": "Preguntas frecuentes", "privacy": "Por favor, no escriba aquí números de caso ni de Seguro Social. Nuestros agentes pueden leer lo que escribe.",
			"conversation": "Conversación", "youSay": "Usted dice:", "isComputer": "computadora", "isPerson": "persona",
			"helpful": "¿Le sirvió?", "yes": "Sí", "no": "No", "thanks": "Gracias. Esto nos ayuda.",
			"message": "Su mensaje", "send": "Enviar", "look": "Ver si hay mensajes nuevos", "talk": "Hablar con una persona",
			"place": "Su lugar en la fila", "next": "Usted es la siguiente persona en la fila", "placeN": "Usted es la %d.ª persona en la fila",
			"wait": "Por lo general, una persona le atiende en %d a %d min.", "reload": "Esta página no cambia sola: use «Ver si hay mensajes nuevos».",
			"nobody": "Ahora no hay ningún agente conectado. Usted conserva su lugar. También puede dejar un mensaje.",
			"leave":  "Salir de la fila", "closed": "Ahora no hay agentes. Usted conserva su lugar en la fila.",
			"waiting": "Está en la fila para hablar con una persona. Puede seguir haciendo preguntas.", "joined": "%s está aquí. Ahora habla con una persona.", "returned": "Emma responde otra vez.",
			"write": "Dejar un mensaje", "writeHint": "Una persona le responderá. También puede seguir preguntando a Emma.", "email": "Correo, si quiere",
			"consent": "Guarden mi mensaje y mi correo para poder responderme.", "sendMessage": "Enviar mensaje",
			"copy": "Guardar una copia", "end": "Terminar el chat", "startOver": "Empezar de nuevo", "startNew": "Empezar un chat nuevo",
			"ended": "Este chat terminó", "rate": "¿Cómo fue nuestra ayuda hoy?", "better": "¿Qué podría ser mejor? (no es obligatorio)", "sendRating": "Enviar",
			"checked": "revisado por nuestros editores el %s",
			"failed":  "No se envió. Su texto está abajo. Por favor, inténtelo otra vez.",
			"Stars":   []star{{5, "muy buena"}, {4, "buena"}, {3, "regular"}, {2, "mala"}, {1, "muy mala"}},
		}
	}
	return map[string]any{
		"title": "Chat with Emma", "computer": "Computer assistant", "person": "Person, live agent", "other": "es", "otherName": "Español",
		"hello": "Hello. I am Emma.", "about": "I am a computer program, not a person. I answer general questions. I cannot see anyone’s case.",
		"ask": "People often ask", "privacy": "Please do not type case or Social Security numbers here. Our agents can read what you write.",
		"conversation": "Conversation", "youSay": "You say:", "isComputer": "computer", "isPerson": "person",
		"helpful": "Was this helpful?", "yes": "Yes", "no": "No", "thanks": "Thank you. This helps us.",
		"message": "Your message", "send": "Send", "look": "Look for new messages", "talk": "Talk to a person",
		"place": "Your place in line", "next": "You are next in line", "placeN": "You are number %d in line",
		"wait": "A person usually comes in %d–%d min.", "reload": "This page does not change by itself: use “Look for new messages”.",
		"nobody": "No agent is signed in right now. You keep your place. You can also leave a message.",
		"leave":  "Leave the line", "closed": "Our agents are not here now. You keep your place in line.",
		"waiting": "You are in line for a person. You can keep asking questions.", "joined": "%s joined. You are now talking with a person.", "returned": "Emma answers again.",
		"write": "Leave a message", "writeHint": "A person will answer. You can also go on asking Emma.", "email": "Email, if you like",
		"consent": "Keep my message and my email, so that you can answer me.", "sendMessage": "Send message",
		"copy": "Save a copy", "end": "End chat", "startOver": "Start over", "startNew": "Start a new chat",
		"ended": "This chat has ended", "rate": "How was our help today?", "better": "What could be better? (not required)", "sendRating": "Send rating",
		"checked": "checked by our editors on %s",
		"failed":  "Not sent. Your text is below. Please send it again.",
		"Stars":   []star{{5, "very good"}, {4, "good"}, {3, "fair"}, {2, "bad"}, {1, "very bad"}},
	}
}
