-- Whoever takes away the keys of a resident finds them in the resident's own row: an index along the resident was as
-- large as the one that serves, and written as often. Names are looked for in the index of what Patients are found by.
alter table resident.person add column match_keys bigint[];
comment on column resident.person.match_keys is 'type: string';
update resident.person p set match_keys = k.keys
  from (select resident_id, array_agg(key) as keys from resident.match_key group by resident_id) k where k.resident_id = p.resident_id;
drop index resident.match_key_resident;
drop index resident.person_name;
