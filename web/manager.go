package web

// managerRoutes are what the page /manager asks: the live hall, calls for help and the audit log.
func managerRoutes() []route {
	return []route{
		{"GET", "/api/live", managers, getLive},
		{"GET", "/api/help", managers, getHelp},
		{"POST", "/api/counters/{id}/help", signedIn, callHelp},
		{"POST", "/api/counters/{id}/helped", signedIn, answerHelp},
		{"GET", "/api/audit", managers, getAudit},
	}
}
