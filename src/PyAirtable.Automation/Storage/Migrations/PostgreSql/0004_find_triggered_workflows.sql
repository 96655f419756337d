-- Which events may start which workflows, so that an event finds them however many others there are. The database keeps it by itself, for
-- other programs write workflows too. detail is a file's extension or the name of an event of the bus; it is empty where a trigger names
-- none, or one that is not plainly written. Who reads it judges what is found by the trigger itself.
CREATE TABLE workflow_trigger_index (
  event varchar(20) NOT NULL,
  detail varchar(100) NOT NULL,
  workflow_id integer NOT NULL,
  PRIMARY KEY (event, detail, workflow_id)
);
CREATE INDEX ix_workflow_trigger_index_workflow_id ON workflow_trigger_index (workflow_id);

CREATE VIEW workflow_trigger_details AS
SELECT w.id AS workflow_id, t.value ->> 'type' AS event,
       CASE WHEN d.value #>> '{}' ~ '^[-._a-zA-Z0-9]{1,100}$' THEN d.value #>> '{}' ELSE '' END AS detail
FROM workflows AS w
CROSS JOIN LATERAL json_array_elements(CASE json_typeof(w.triggers) WHEN 'array' THEN w.triggers ELSE '[]' END) AS t (value)
CROSS JOIN LATERAL json_array_elements(CASE
  WHEN json_typeof(t.value) <> 'object' THEN '[]'
  WHEN t.value ->> 'type' = 'event' THEN json_build_array(t.value -> 'event')
  WHEN coalesce(t.value ->> 'type', '') NOT IN ('file_upload', 'file_processed') THEN '[]'
  WHEN json_typeof(t.value -> 'file_extensions') = 'array' THEN t.value -> 'file_extensions'
  ELSE '[""]' END) AS d (value)
WHERE json_typeof(d.value) = 'string';

CREATE FUNCTION index_workflow_triggers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM workflow_trigger_index WHERE workflow_id = coalesce(NEW.id, OLD.id);
  BEGIN
    INSERT INTO workflow_trigger_index (event, detail, workflow_id)
    SELECT event, detail, workflow_id FROM workflow_trigger_details WHERE workflow_id = NEW.id
    ON CONFLICT DO NOTHING;
  EXCEPTION WHEN data_exception THEN
    -- JSON may hold what is no text here, such as the character NUL: every event finds this workflow.
    INSERT INTO workflow_trigger_index (event, detail, workflow_id)
    VALUES ('file_upload', '', NEW.id), ('file_processed', '', NEW.id), ('event', '', NEW.id);
  END;
  RETURN NULL;
END
$$;

CREATE TRIGGER workflows_indexed AFTER INSERT OR UPDATE OF triggers OR DELETE ON workflows
FOR EACH ROW EXECUTE FUNCTION index_workflow_triggers();

UPDATE workflows SET triggers = triggers;
