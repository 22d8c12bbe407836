-- The parts of a name, an address and a telephone are found through the whole, in the index as in the row: what was
-- found by the part alone (a given name in pinyin) is found by the whole, and the rows of the parts go.
select set_config('app.kind', 'system', true);

create temporary table lacking on commit drop as
  select r.resident_id, r.type, r.id, r.audience, k.keys from kernel.resource r
  cross join lateral (select array_agg(distinct 'name=' || substr(k, 7)) as keys from unnest(r.keys) k
    where k like 'given=%' and 'name=' || substr(k, 7) <> all (r.keys)) k
  where r.type in ('Patient', 'Practitioner') and not r.deleted and k.keys is not null;

insert into kernel.resource_key (resident_id, type, key, id, audience)
  select l.resident_id, l.type, k, l.id, l.audience from lacking l, unnest(l.keys) k on conflict do nothing;

update kernel.resource r set keys = r.keys || l.keys from lacking l
  where r.resident_id = l.resident_id and r.type = l.type and r.id = l.id;

delete from kernel.resource_key where type in ('Patient', 'Practitioner') and key ~ '^(family|given)=';
delete from kernel.resource_key where key ~ '^(phone|email)='
  and type in ('Patient', 'Practitioner', 'PractitionerRole', 'OrganizationAffiliation', 'Person', 'RelatedPerson');
delete from kernel.resource_key where key ~ '^address-(city|country|postalcode|state)='
  and type in ('Patient', 'Practitioner', 'Person', 'RelatedPerson', 'Location', 'Organization', 'InsurancePlan');
