"""The log of a complaint is chained as it is written and never changed; the snapshot of a figure stays as
frozen.
"""

from django.db import migrations

CHAIN = """
CREATE FUNCTION complaints_event_hash(
    complaint_id bigint, number integer, at timestamptz, kind text, actor text, detail jsonb, previous text
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        $1, $2, extract(epoch FROM $3)::numeric, $4, $5, $6, $7)::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION complaints_chain_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('complaints_event'), (NEW.complaint_id % 2147483647)::integer);
    SELECT event.number, event.hash INTO last FROM complaints_event AS event
        WHERE event.complaint_id = NEW.complaint_id ORDER BY event.number DESC LIMIT 1;
    NEW.number := coalesce(last.number, 0) + 1;
    NEW.previous := coalesce(last.hash, '');
    NEW.at := clock_timestamp();
    NEW.hash := complaints_event_hash(
        NEW.complaint_id, NEW.number, NEW.at, NEW.kind, NEW.actor, NEW.detail, NEW.previous);
    RETURN NEW;
END $$;

CREATE FUNCTION complaints_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of complaints is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION complaints_refuse_other_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.snapshot, NEW.snapshot_sha256, NEW.about, NEW.reference, NEW.received_at)
        IS DISTINCT FROM (OLD.snapshot, OLD.snapshot_sha256, OLD.about, OLD.reference, OLD.received_at) THEN
        RAISE EXCEPTION 'what a complaint was about is never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER event_is_chained BEFORE INSERT ON complaints_event
    FOR EACH ROW EXECUTE FUNCTION complaints_chain_event();
CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE ON complaints_event
    FOR EACH ROW EXECUTE FUNCTION complaints_refuse_change();
CREATE TRIGGER log_is_never_emptied BEFORE TRUNCATE ON complaints_event
    FOR EACH STATEMENT EXECUTE FUNCTION complaints_refuse_change();
CREATE TRIGGER snapshot_is_frozen BEFORE UPDATE ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION complaints_refuse_other_snapshot();
"""

UNCHAIN = """
DROP TRIGGER snapshot_is_frozen ON complaints_complaint;
DROP TRIGGER log_is_never_emptied ON complaints_event;
DROP TRIGGER event_is_never_changed ON complaints_event;
DROP TRIGGER event_is_chained ON complaints_event;
DROP FUNCTION complaints_refuse_other_snapshot();
DROP FUNCTION complaints_refuse_change();
DROP FUNCTION complaints_chain_event();
DROP FUNCTION complaints_event_hash(bigint, integer, timestamptz, text, text, jsonb, text);
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_cases")]

    operations = [migrations.RunSQL(CHAIN, UNCHAIN)]
