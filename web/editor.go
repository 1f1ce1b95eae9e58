package web

import "emma/knowledge"

// editorRoutes are the routes of those who keep the knowledge base.
func (s *Server) editorRoutes() []route {
	return []route{
		{"GET /api/articles", editors, s.listArticles},
		{"GET /api/articles/{id}/{language}", editors, s.readArticle},
		{"PUT /api/articles/{id}/{language}", editors, s.saveArticle},
		{"POST /api/articles/{id}/{language}/publish", editors, s.publishArticle},
		{"POST /api/articles/{id}/{language}/retire", editors, s.moveArticle(knowledge.StatusRetired)},
		{"POST /api/preview", editors, s.preview},
		{"POST /api/try", editors, s.try},
		{"POST /api/articles/{id}/{language}/review", editors, s.moveArticle(knowledge.StatusInReview)},
		{"POST /api/articles/{id}/{language}/withdraw", editors, s.moveArticle(knowledge.StatusDraft)},
		{"POST /api/articles/{id}/{language}/unplan", editors, s.unplanArticle},
		{"GET /api/articles/{id}/{language}/revisions", editors, s.listRevisions},
		{"POST /api/checks", editors, s.startCheck},
		{"GET /api/checks/{check}", editors, s.readCheck},
		{"DELETE /api/checks/{check}", editors, s.cancelCheck},
		{"POST /api/checks/{check}/publish", editors, s.publishChecked},
		{"GET /api/publishing", editors, s.readRules},
		{"PUT /api/publishing", admins, s.writeRules},
		{"POST /api/import", editors, s.readImport},
		{"GET /api/import/{upload}", editors, s.importState},
		{"POST /api/import/{upload}", editors, s.runImport},
		{"POST /api/import/{upload}/check", editors, s.checkImport},
		{"GET /api/export", editors, s.export},
		{"GET /api/tests", editors, s.listTests},
		{"POST /api/tests", editors, s.keepTest},
		{"DELETE /api/tests/{test}", editors, s.dropTest},
		{"GET /api/menu", editors, s.readMenu},
		{"PUT /api/menu", editors, s.saveMenu},
		{"GET /api/phrases", editors, s.listPhrases},
		{"PUT /api/phrases/{key}", editors, s.savePhrase},
		{"GET /api/gaps", editors, s.listGaps},
		{"POST /api/gaps/gain", editors, s.gapGain},
		{"POST /api/gaps/attach", editors, s.attachGap},
		{"POST /api/gaps/create", editors, s.createFromGap},
		{"POST /api/gaps/dismiss", editors, s.dismissGap},
		{"POST /api/gaps/reopen", editors, s.reopenGap},
		{"GET /api/precision", editors, s.readPrecision},
		{"PUT /api/precision", editors, s.setPrecision},
		{"GET /api/synonyms", editors, s.readSynonyms},
		{"PUT /api/synonyms", editors, s.setSynonyms},
		{"POST /api/synonyms/try", editors, s.trySynonyms},
	}
}
