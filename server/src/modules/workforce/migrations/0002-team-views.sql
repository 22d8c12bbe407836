create view workforce.team_name with (security_invoker = true) as
  select id, institution_id, name, kind, phone, until from workforce.team;
create view workforce.team_person with (security_invoker = true) as
  select m.team_id, m.institution_id, m.practitioner_id, m.leads, p.name, p.kind
  from workforce.team_member m join workforce.practitioner p on p.id = m.practitioner_id where m.until is null;
