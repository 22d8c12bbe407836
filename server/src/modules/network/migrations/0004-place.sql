create view network.place with (security_invoker = true) as
  select id, short_name, tier, division_code, longitude, latitude, closed_on from network.institution;
comment on view network.place is 'published: where an institution lies and of which tier it is';
