-- A resident and all who are one person with them, in order: for modules that keep something once for each person.
create function kernel.whole_person(resident uuid) returns uuid[] language sql stable as $$
  select array(select resident union select s.other_id from kernel.same_person s where s.resident_id = resident order by 1)
$$;
