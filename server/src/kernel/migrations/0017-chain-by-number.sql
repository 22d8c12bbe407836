-- The chain is followed by its numbers, from a link to what it seals and never back.
drop index kernel.sealed_ref;
