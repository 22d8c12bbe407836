create view workforce.workplace with (security_invoker = true) as
  select practitioner_id, institution_id, department_id, since, until from workforce.site;
