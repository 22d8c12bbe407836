-- What names no code at all cannot name a sensitive one: the function need not be called to say so.
drop trigger mark_sensitive on kernel.resource;
create trigger mark_sensitive before insert or update of content on kernel.resource
  for each row when (position('"code":"' in new.content) > 0) execute function kernel.mark_sensitive();
