CREATE TABLE IF NOT EXISTS "dog_list" (
    "id"               UUID         NOT NULL PRIMARY KEY,
    "name"             VARCHAR(200) NOT NULL,
    "number_of_tricks" INTEGER      NOT NULL
);
