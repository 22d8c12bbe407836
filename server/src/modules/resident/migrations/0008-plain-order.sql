-- Digests are signs, not words: compared byte by byte, not as a Chinese dictionary would.
alter table resident.identifier_index alter column blind type text collate "C", alter column number_blind type text collate "C";
alter table resident.identifier alter column blind type text collate "C";
alter table resident.person alter column phone_blind type text collate "C";
analyze resident.identifier_index, resident.identifier, resident.person;
