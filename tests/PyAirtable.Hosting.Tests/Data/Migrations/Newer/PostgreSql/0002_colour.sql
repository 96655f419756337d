ALTER TABLE notes ADD COLUMN colour varchar(20);
INSERT INTO notes (text, colour) VALUES ('first; @all', 'green');
