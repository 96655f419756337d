-- Which events may start which workflows, so that an event finds them however many others there are. The database keeps it by itself, for
-- other programs write workflows too. detail is a file's extension or the name of an event of the bus; it is empty where a trigger names
-- none, or one that is not plainly written. Who reads it judges what is found by the trigger itself.
CREATE TABLE workflow_trigger_index (
  event varchar(20) NOT NULL,
  detail varchar(100) NOT NULL,
  workflow_id integer NOT NULL,
  PRIMARY KEY (event, detail, workflow_id)
) WITHOUT ROWID;
CREATE INDEX ix_workflow_trigger_index_workflow_id ON workflow_trigger_index (workflow_id);

CREATE VIEW workflow_trigger_details AS
SELECT w.id AS workflow_id, t.value ->> 'type' AS event,
       CASE WHEN length(d.value) <= 100 AND d.value NOT GLOB '*[^-._a-zA-Z0-9]*' THEN d.value ELSE '' END AS detail
FROM workflows AS w
CROSS JOIN json_each(CASE
  WHEN NOT json_valid(w.triggers) THEN '[]'
  WHEN json_type(w.triggers) = 'array' THEN w.triggers
  ELSE '[]' END) AS t
CROSS JOIN json_each(CASE
  WHEN t.type <> 'object' THEN '[]'
  WHEN t.value ->> 'type' = 'event' THEN json_array(t.value ->> 'event')
  WHEN coalesce(t.value ->> 'type', '') NOT IN ('file_upload', 'file_processed') THEN '[]'
  WHEN json_type(t.value, '$.file_extensions') = 'array' THEN t.value -> 'file_extensions'
  ELSE '[""]' END) AS d
WHERE d.type = 'text';

CREATE TRIGGER workflows_added AFTER INSERT ON workflows BEGIN
  INSERT OR IGNORE INTO workflow_trigger_index (event, detail, workflow_id)
  SELECT event, detail, workflow_id FROM workflow_trigger_details WHERE workflow_id = NEW.id;
END;

CREATE TRIGGER workflows_changed AFTER UPDATE OF triggers ON workflows BEGIN
  DELETE FROM workflow_trigger_index WHERE workflow_id = NEW.id;
  INSERT OR IGNORE INTO workflow_trigger_index (event, detail, workflow_id)
  SELECT event, detail, workflow_id FROM workflow_trigger_details WHERE workflow_id = NEW.id;
END;

CREATE TRIGGER workflows_deleted AFTER DELETE ON workflows BEGIN
  DELETE FROM workflow_trigger_index WHERE workflow_id = OLD.id;
END;

UPDATE workflows SET triggers = triggers;
