-- Who chooses a destination leaves out what is closed.
create or replace view network.name with (security_invoker = true) as
  select id, name, short_name, kind, tier, closed_on from network.institution;
create or replace view network.department_name with (security_invoker = true) as
  select id, institution_id, name, specialty, closed_on from network.department;
