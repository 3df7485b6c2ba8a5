-- A draft's lines and those of the order that it becomes may be numbered apart: each number is one line among its own kind.
ALTER TABLE platform_exchange.placed_line
    ADD COLUMN draft_line text,
    ADD CONSTRAINT draft_line_is_one_line UNIQUE (consortium_id, platform, draft_line);

-- Until when the platform wants to be left alone, as it said itself.
ALTER TABLE platform_exchange.gate ADD COLUMN held_until timestamptz;

GRANT UPDATE (draft_line) ON platform_exchange.placed_line TO lianyao_application;
GRANT UPDATE (held_until) ON platform_exchange.gate TO lianyao_application;
