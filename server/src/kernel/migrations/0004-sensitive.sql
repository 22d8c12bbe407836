-- What is sensitive is marked as it is stored, whichever way it comes: the codes of a resource (its meta.security too)
-- against the rows of sensitive_code that hold on the day of the fact. A mark stays with later versions.
create function kernel.mark_sensitive() returns trigger language plpgsql as $$
declare
  day date := coalesce(new.happened_at, new.updated_at)::date;
  found smallint;
begin
  -- Nearly every resource holds none of these codes; a plain look at the text says so without parsing it.
  if not exists (select from kernel.sensitive_code c where position('"code":"' || c.code in new.content) > 0) then
    return new;
  end if;
  select coalesce(bit_or(c.category), 0) into found
    from jsonb_path_query(new.content::jsonb, 'lax $.** ? (exists(@.system) && exists(@.code))') as o
    join kernel.sensitive_code c on (c.system = o ->> 'system' and c.code = o ->> 'code')
      or (c.system = 'icd10' and o ->> 'system' ~* '(icd-?10|2\.16\.156\.10011\.2\.3\.3\.11)'
        and starts_with(upper(o ->> 'code'), c.code))
    where c.since <= day and (c.until is null or c.until > day);
  new.sensitivity := new.sensitivity | found;
  return new;
end $$;
create trigger mark_sensitive before insert or update of content on kernel.resource
  for each row when (new.content <> '') execute function kernel.mark_sensitive();
