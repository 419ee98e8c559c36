CREATE TABLE IF NOT EXISTS "dog_summary" (
    "id"               UUID         NOT NULL PRIMARY KEY,
    "name"             VARCHAR(200) NOT NULL,
    "number_of_tricks" INTEGER      NOT NULL
);

-- how far the list has come, where it follows the events
CREATE TABLE IF NOT EXISTS "dog_summary_checkpoint" (
    "commit_position" BIGINT NOT NULL
);
INSERT INTO "dog_summary_checkpoint" ("commit_position")
    SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM "dog_summary_checkpoint");
