create view network.ally with (security_invoker = true) as
  select a.institution_id, b.institution_id as ally_id, a.alliance_id,
    greatest(a.since, b.since) as since, least(coalesce(a.until, 'infinity'), coalesce(b.until, 'infinity')) as until
  from network.membership a join network.membership b on b.alliance_id = a.alliance_id and b.institution_id <> a.institution_id;
comment on view network.ally is 'published: which institutions are in one alliance, from which day to which';
