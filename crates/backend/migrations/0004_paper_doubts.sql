-- What the citizen was told of a component's photos and sent them with all the same.
ALTER TABLE dossier_components ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]'; -- JSON of domain::paper::PaperDoubt
