-- Where in the entry: which element is wrong, in which of its repeats, or which is missing.
alter table record.quality_finding add column places jsonb not null default '[]';
comment on column record.quality_finding.places is 'type: FindingPlaces from @tongmai/api/record/quality';
