"""The database writes down each change of a row, chained by row, and lets nobody change what it wrote. What
concerns the office as a whole has a chain of events of its own.
"""

from django.db import migrations

OFFICE = """
CREATE OR REPLACE FUNCTION complaints_chain_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(
        hashtext('complaints_event'), (coalesce(NEW.complaint_id, 0) % 2147483647)::integer);
    IF NEW.complaint_id IS NULL THEN
        SELECT event.number, event.hash INTO last FROM complaints_event AS event
            WHERE event.complaint_id IS NULL ORDER BY event.number DESC LIMIT 1;
    ELSE
        SELECT event.number, event.hash INTO last FROM complaints_event AS event
            WHERE event.complaint_id = NEW.complaint_id ORDER BY event.number DESC LIMIT 1;
    END IF;
    NEW.number := coalesce(last.number, 0) + 1;
    NEW.previous := coalesce(last.hash, '');
    NEW.at := clock_timestamp();
    NEW.hash := complaints_event_hash(
        NEW.complaint_id, NEW.number, NEW.at, NEW.kind, NEW.actor, NEW.detail, NEW.previous);
    RETURN NEW;
END $$;
"""

CHANGES = """
CREATE FUNCTION complaints_change_hash("table" text, "row" bigint, number integer, at timestamptz,
    operation text, actor text, fields jsonb, previous text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        $1, $2, $3, extract(epoch FROM $4)::numeric, $5, $6, $7, $8)::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION complaints_shown(value jsonb, is_secret boolean) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN value IS NULL OR value = 'null' THEN 'null'::jsonb
        WHEN is_secret OR value #>> '{}' LIKE '\\\\x%%'
            THEN to_jsonb('sha256:' || encode(sha256(convert_to(value #>> '{}', 'UTF8')), 'hex'))
        ELSE value END
$$;

CREATE FUNCTION complaints_write_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    either jsonb := old_row || new_row;
    changed jsonb;
    row_id bigint := (either ->> 'id')::bigint;
    last record;
BEGIN
    SELECT jsonb_object_agg(name, jsonb_build_array(
            complaints_shown(old_row -> name, name = ANY (string_to_array(TG_ARGV[1], ','))),
            complaints_shown(new_row -> name, name = ANY (string_to_array(TG_ARGV[1], ',')))))
        INTO changed FROM jsonb_object_keys(either) AS name
        WHERE old_row -> name IS DISTINCT FROM new_row -> name
            AND name <> ALL (string_to_array(TG_ARGV[0], ','));
    IF changed IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext(TG_TABLE_NAME), (row_id %% 2147483647)::integer);
    SELECT change.number, change.hash INTO last FROM complaints_change AS change
        WHERE change."table" = TG_TABLE_NAME AND change."row" = row_id ORDER BY change.number DESC LIMIT 1;
    INSERT INTO complaints_change ("table", "row", operation, fields, actor, number, at, previous, hash)
        SELECT TG_TABLE_NAME, row_id, TG_OP, changed, who, place, moment, before, complaints_change_hash(
            TG_TABLE_NAME::text, row_id, place, moment, TG_OP, who, changed, before)
        FROM (SELECT
            coalesce(nullif(current_setting('complaints.actor', true), ''), '@' || session_user)::text AS who,
            coalesce(last.number, 0) + 1 AS place, clock_timestamp() AS moment,
            coalesce(last.hash, '')::text AS before) AS made;
    RETURN NULL;
END $$;

CREATE TRIGGER change_is_never_changed BEFORE UPDATE OR DELETE ON complaints_change
    FOR EACH ROW EXECUTE FUNCTION complaints_refuse_change();
CREATE TRIGGER changes_are_never_emptied BEFORE TRUNCATE ON complaints_change
    FOR EACH STATEMENT EXECUTE FUNCTION complaints_refuse_change();
""".replace("%%", "%")

WATCHED = [
    # table, what wakes the trigger, columns that do not count, columns shown as hash
    ("complaints_complaint", "UPDATE OR DELETE", "due_step,due_at", ""),
    ("complaints_reporter", "UPDATE OR DELETE", "", ""),
    ("complaints_message", "UPDATE OR DELETE", "", ""),
    ("complaints_note", "UPDATE OR DELETE", "", ""),
    ("complaints_attachment", "UPDATE OR DELETE", "", ""),
    ("complaints_dispatch", "UPDATE OF state, desk_id, version, receipt, register_number OR DELETE",
     "attempts,next_attempt_at,last_error", ""),
    ("complaints_desk", "INSERT OR UPDATE OR DELETE", "failures,rests_until", ""),
    ("complaints_competencerule", "INSERT OR UPDATE OR DELETE", "", ""),
    ("complaints_clock", "INSERT OR UPDATE OR DELETE", "", ""),
    ("complaints_holiday", "INSERT OR UPDATE OR DELETE", "", ""),
    ("complaints_member", "INSERT OR UPDATE OR DELETE", "", ""),
    ("complaints_conflict", "INSERT OR UPDATE OR DELETE", "", ""),
    ("complaints_identityrequest", "INSERT OR UPDATE OR DELETE", "", ""),
    ("complaints_opinion", "UPDATE OR DELETE", "", ""),
    ("complaints_redaction", "INSERT OR UPDATE OR DELETE", "", ""),
    ("auth_user", "INSERT OR UPDATE OR DELETE", "last_login", "password"),
    ("auth_user_groups", "INSERT OR UPDATE OR DELETE", "", ""),
    ("auth_user_user_permissions", "INSERT OR UPDATE OR DELETE", "", ""),
]  # fmt: skip

WATCH = "\n".join(
    f"CREATE TRIGGER change_is_written_down AFTER {when} ON {table} FOR EACH ROW"
    f" EXECUTE FUNCTION complaints_write_change('{ignored}', '{secret}');"
    for table, when, ignored, secret in WATCHED
)
UNWATCH = "\n".join(f"DROP TRIGGER change_is_written_down ON {table};" for table, *_rest in WATCHED)
FORGET = """
DROP TRIGGER changes_are_never_emptied ON complaints_change;
DROP TRIGGER change_is_never_changed ON complaints_change;
DROP FUNCTION complaints_write_change();
DROP FUNCTION complaints_shown(jsonb, boolean);
DROP FUNCTION complaints_change_hash(text, bigint, integer, timestamptz, text, text, jsonb, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0005_clocks_conflicts_requests_and_opinions"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunSQL(OFFICE, migrations.RunSQL.noop),
        migrations.RunSQL(CHANGES, FORGET),
        migrations.RunSQL(WATCH, UNWATCH),
    ]
