-- Where physicians with a licence to practise practise: who chooses a destination asks whether there is one today.
create view workforce.licensed_physician with (security_invoker = true) as
  select s.institution_id, s.department_id, s.practitioner_id, greatest(s.since, l.since) as since,
    least(s.until, l.until) as until
  from workforce.site s
  join workforce.practitioner p on p.id = s.practitioner_id and p.kind = 'physician' and not p.external
  join workforce.licence l on l.practitioner_id = p.id and l.kind in ('physicianPractice', 'assistantPractice');
