-- What people can read in a resource: _text and _content look through it. Nothing of it is kept, so that no write pays for it; a search reads
-- the rows it comes to anyway, and of most of them only whether the words stand in their JSON at all.
create function kernel.without_tags(html text) returns text language plpgsql immutable parallel safe as $$
declare
  said text := regexp_replace(html, '</?(a|abbr|b|big|em|font|i|small|span|strong|sub|sup|tt|u)(\s[^>]*)?>', '', 'gi');
  written text;
  number bigint;
begin
  said := regexp_replace(said, '<[^>]*>', ' ', 'g');
  for written in select distinct m[1] from regexp_matches(said, '&#(x[0-9a-fA-F]{1,6}|[0-9]{1,7});', 'g') m loop
    number := case when written like 'x%' then ('x' || lpad(substr(written, 2), 8, '0'))::bit(32)::bigint else written::bigint end;
    if number between 1 and 55295 or number between 57344 and 1114111 then
      said := replace(said, '&#' || written || ';', chr(number::int));
    end if;
  end loop;
  return replace(replace(replace(replace(replace(said, '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&amp;', '&');
end $$;

-- Its texts and numbers, a line each, without case and accents; of the narrative alone where that is asked. No addresses, pointers,
-- files, nor what an owner has sealed: that is searched by its own parameters.
create function kernel.readable(content text, narrative boolean) returns text language sql immutable parallel safe as $$
  select coalesce(regexp_replace(lower(normalize(string_agg(
    case when said like '<%' then kernel.without_tags(said) else said end, E'\n'), NFKD)), '[\u0300-\u036f]', '', 'g'), '')
  from (
    select content::jsonb #>> '{text,div}' as said where narrative and content <> ''
    union all
    select one #>> '{}' from jsonb_path_query(nullif(content, '')::jsonb - '{id,meta,resourceType,sealed_}'::text[], 'strict $.**') one
      where not narrative and jsonb_typeof(one) in ('string', 'number')) x
  where said is not null and said !~ '^(https?://|urn:|[A-Z][A-Za-z]+/[A-Za-z0-9.-]+$)'
    and (length(said) < 500 or said ~ '[^A-Za-z0-9+/=]') $$;
