package web

// editorRoutes are the routes of those who keep the knowledge base.
func (s *Server) editorRoutes() []route {
	return []route{
		{"GET /api/articles", editors, s.listArticles},
		{"GET /api/articles/{id}/{language}", editors, s.readArticle},
		{"PUT /api/articles/{id}/{language}", editors, s.saveArticle},
		{"POST /api/articles/{id}/{language}/publish", editors, s.publishArticle},
		{"POST /api/articles/{id}/{language}/retire", editors, s.retireArticle},
		{"POST /api/preview", editors, s.preview},
		{"POST /api/try", editors, s.try},
		{"GET /api/gaps", editors, s.listGaps},
		{"POST /api/gaps/gain", editors, s.gapGain},
		{"POST /api/gaps/attach", editors, s.attachGap},
		{"POST /api/gaps/create", editors, s.createFromGap},
		{"POST /api/gaps/dismiss", editors, s.dismissGap},
		{"POST /api/gaps/reopen", editors, s.reopenGap},
	}
}
