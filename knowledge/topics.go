package knowledge

import (
	"slices"
	"strings"
)

// topicLabels names the topics of the starter base in menu order; a topic that is not
// in the list follows in the order of its id, its id made readable as the label.
func topicLabels() []Topic {
	return []Topic{
		{ID: "status", Label: "Case status|Estado del caso"},
		{ID: "contact", Label: "Contact us|Contacto"},
		{ID: "address", Label: "Change of address|Cambio de dirección"},
		{ID: "appointments", Label: "Appointments|Citas"},
		{ID: "green-card", Label: "Green card|Tarjeta de residente (green card)"},
		{ID: "citizenship", Label: "Citizenship|Ciudadanía"},
		{ID: "family", Label: "Family|Familia"},
		{ID: "work", Label: "Work permits and jobs|Permiso de trabajo y empleo"},
		{ID: "travel", Label: "Travel|Viajes"},
		{ID: "humanitarian", Label: "Asylum and other protection|Asilo y otras protecciones"},
		{ID: "forms", Label: "Forms and fees|Formularios y tarifas"},
		{ID: "account", Label: "Online account|Cuenta en línea"},
		{ID: "mail", Label: "Mail and cards|Correo y tarjetas"},
		{ID: "records", Label: "Records|Registros"},
		{ID: "military", Label: "Military|Militares"},
		{ID: "premium", Label: "Premium processing|Procesamiento prioritario"},
		{ID: "international", Label: "Outside the United States|Fuera de Estados Unidos"},
		{ID: "scams", Label: "Scams and legal help|Estafas y ayuda legal"},
		{ID: "accessibility", Label: "Accessibility and languages|Accesibilidad e idiomas"},
		{ID: "complaints", Label: "Complaints and feedback|Quejas y comentarios"},
		{ID: "technical", Label: "Technical problems|Problemas técnicos"},
		{ID: "community", Label: "Community and events|Comunidad y eventos"},
		{ID: "limits", Label: "What we cannot do here|Lo que aquí no se puede hacer"},
		{ID: "safety", Label: "Emergencies and safety|Emergencias y seguridad"},
	}
}

// menu groups articles, given in the order of their ids, by topic.
func menu(articles []Article, language string) []Topic {
	byTopic := map[string][]string{}
	for _, a := range articles {
		if a.Topic != "" {
			byTopic[a.Topic] = append(byTopic[a.Topic], a.ID)
		}
	}
	var topics []Topic
	for _, t := range topicLabels() {
		if ids := byTopic[t.ID]; len(ids) > 0 {
			english, spanish, _ := strings.Cut(t.Label, "|")
			label := english
			if language == Spanish {
				label = spanish
			}
			topics = append(topics, Topic{ID: t.ID, Label: label, Articles: ids})
			delete(byTopic, t.ID)
		}
	}
	known := len(topics)
	for id, articles := range byTopic {
		topics = append(topics, Topic{ID: id, Label: readable(id), Articles: articles})
	}
	slices.SortFunc(topics[known:], func(a, b Topic) int { return strings.Compare(a.ID, b.ID) })
	return topics
}

// readable makes words of an identifier: "green-card" becomes "Green card".
func readable(id string) string {
	s := strings.Join(strings.FieldsFunc(id, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }), " ")
	if s == "" {
		return id
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
