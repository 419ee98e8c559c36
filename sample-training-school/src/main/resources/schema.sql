CREATE TABLE IF NOT EXISTS "dog_summary" (
    "id"               UUID         NOT NULL PRIMARY KEY,
    "name"             VARCHAR(200) NOT NULL,
    "number_of_tricks" INTEGER      NOT NULL
);
