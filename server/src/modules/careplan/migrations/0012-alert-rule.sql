-- Who oversees the alliance changes a rule from a day on, with the document it comes from, or stops it.
alter table careplan.alert_rule
  add column stopped boolean not null default false,
  add column changed_by text,
  add column changed_at timestamptz;
