import Formulary
import Foundation
import Identity
import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("a consortium's formulary")
struct FormularyVersionTests {
    @Test("a version is drafted, filled, published, and in force from its day on")
    func lifeOfAVersion() async throws {
        try await withFormulary { fixture in
            let products = fixture.products
            let draft = try await fixture.drafted([
                FormularyEntry(product: products[0], levels: [.county, .township, .village], reason: "一线用药"),
                FormularyEntry(product: products[3], levels: [.county], restriction: "限癌痛", daysMax: 3),
            ])
            #expect((draft.number, draft.status, draft.entries) == (1, .draft, 2))
            let day = fixture.today.adding(days: 7)
            let published = try await fixture.published(draft.id, from: day)
            #expect((published.status, published.validFrom, published.entries) == (.published, day, 2))
            try await fixture.within { [fixture] transaction in
                let formulary = FormularyInForce(transaction)
                let before = try formulary.version(of: fixture.consortium, on: day.adding(days: -1))
                #expect(before == nil)
                #expect(try formulary.version(of: fixture.consortium, on: day)?.id == draft.id)
                let permitted: [(ProductID, FacilityLevel, Bool)] = [
                    (products[0], .village, true), (products[3], .county, true), (products[3], .township, false),
                    (products[0], .city, false), (products[1], .county, false),
                ]
                for (product, level, expected) in permitted {
                    #expect(
                        try formulary.permitted(product, level: level, consortium: fixture.consortium, on: day)
                            == expected)
                }
                let entry = try formulary.entries(of: products, consortium: fixture.consortium, on: day)[products[3]]
                #expect(entry == FormularyEntry(product: products[3], levels: [.county], restriction: "限癌痛", daysMax: 3))
            }
        }
    }

    @Test("the program cannot add to, change or empty a published version, whatever it asks")
    func publishedStays() async throws {
        try await withFormulary { fixture in
            let draft = try await fixture.drafted([FormularyEntry(product: fixture.products[0], levels: [.county])])
            let raise: SQL = "UPDATE formulary.entry SET levels = '{county,village}' WHERE version_id = \(draft.id)"
            let drop: SQL = "DELETE FROM formulary.entry WHERE version_id = \(draft.id)"
            let add: SQL = """
                INSERT INTO formulary.entry (consortium_id, version_id, product_id, levels, restriction, reason)
                VALUES (\(fixture.consortium), \(draft.id), \(fixture.products[1]), '{county}', '', '')
                """
            #expect(try await fixture.within { try $0.execute(raise) } == 1)
            let restore: SQL = "UPDATE formulary.entry SET levels = '{county}' WHERE version_id = \(draft.id)"
            #expect(try await fixture.within { try $0.execute(restore) } == 1)
            try await fixture.published(draft.id, from: fixture.today)
            #expect(try await fixture.within { try $0.execute(raise) } == 0)
            #expect(try await fixture.within { try $0.execute(drop) } == 0)
            await #expect(throws: PostgresError.self) { try await fixture.within { try $0.execute(add) } }
        }
    }

    @Test("the next draft copies the version in force; versions follow one another without gaps")
    func succession() async throws {
        try await withFormulary { fixture in
            let products = fixture.products
            let first = try await fixture.drafted([
                FormularyEntry(product: products[0], levels: [.county]),
                FormularyEntry(product: products[1], levels: [.county]),
            ])
            try await fixture.published(first.id, from: fixture.today)
            let second = try await fixture.drafted([FormularyEntry(product: products[0], levels: [.county, .village])])
            #expect((second.number, second.entries) == (2, 2))
            let trimmed = try await fixture.within { [keeper = fixture.keeper] transaction in
                try RemoveFormularyEntry(version: second.id, product: products[1]).run(
                    in: transaction, by: keeper, at: .ofTests)
            }
            #expect(trimmed.entries == 1)
            let tomorrow = fixture.today.adding(days: 1)
            try await fixture.published(second.id, from: tomorrow)
            try await fixture.within { [fixture] transaction in
                let formulary = FormularyInForce(transaction)
                let first = try formulary.version(of: fixture.consortium, on: fixture.today)
                #expect(first?.number == 1)
                #expect(try formulary.version(of: fixture.consortium, on: tomorrow)?.number == 2)
                #expect(
                    try formulary.permitted(
                        products[1], level: .county, consortium: fixture.consortium, on: fixture.today))
                #expect(
                    try !formulary.permitted(products[1], level: .county, consortium: fixture.consortium, on: tomorrow))
                let versions = FormularyVersionsStore(transaction, of: fixture.consortium)
                #expect(try versions.versions(before: nil, limit: 10).map(\.number) == [2, 1])
                #expect(try versions.versions(before: 2, limit: 10).map(\.number) == [1])
            }
        }
    }

    @Test("what may not be ordered is refused with the line it stands on")
    func requirePermitted() async throws {
        try await withFormulary { fixture in
            let products = fixture.products
            func refusal(_ asked: [ProductID], _ level: FacilityLevel) async -> FormularyRefusal? {
                await formularyRefusal {
                    try await fixture.within { [fixture] transaction in
                        try FormularyInForce(transaction).requirePermitted(
                            products: asked, level: level, consortium: fixture.consortium, on: fixture.today)
                    }
                }
            }
            #expect(await refusal([products[0]], .county)?.code.rawValue == "formulary.no-version-in-force")
            let draft = try await fixture.drafted([
                FormularyEntry(product: products[0], levels: [.county, .township]),
                FormularyEntry(product: products[3], levels: [.county]),
            ])
            try await fixture.published(draft.id, from: fixture.today)
            let missing = await refusal([products[0], products[1]], .county)
            #expect(missing?.code.rawValue == "formulary.product-not-in-formulary")
            #expect(missing?.field == "lines[1].product")
            let elsewhere = await refusal([products[0], products[3]], .township)
            #expect(elsewhere?.code.rawValue == "formulary.level-not-permitted")
            #expect(elsewhere?.detail == "盐酸吗啡注射液 0.25g is for county, not township")
            #expect(await refusal([ProductID(999_999)], .county)?.code.rawValue == "formulary.product-unknown")
            try await fixture.within { [fixture] transaction in
                try FormularyInForce(transaction).requirePermitted(
                    products: [products[0], products[3], products[0]], level: .county, consortium: fixture.consortium,
                    on: fixture.today)
            }
        }
    }

    @Test(
        "an entry that cannot stand is refused",
        arguments: [
            ([], "formulary.entries-missing", "entries"),
            ([FormularyEntry(product: ProductID(1), levels: [])], "formulary.entry-levels-missing", "entries[0].levels"),
            (
                [
                    FormularyEntry(product: ProductID(1), levels: [.county]),
                    FormularyEntry(product: ProductID(1), levels: [.city]),
                ],
                "formulary.entry-repeated", "entries[1].product"
            ),
            (
                [FormularyEntry(product: ProductID(1), levels: [.county], daysMax: 0)],
                "formulary.entry-days-out-of-range", "entries[0].daysMax"
            ),
            (
                [FormularyEntry(product: ProductID(1), levels: [.county], daysMax: 366)],
                "formulary.entry-days-out-of-range", "entries[0].daysMax"
            ),
            (
                [
                    FormularyEntry(
                        product: ProductID(1), levels: [.county], restriction: String(repeating: "限", count: 501))
                ],
                "formulary.text-too-long", "entries[0].restriction"
            ),
            (
                [FormularyEntry(product: ProductID(999_999), levels: [.county])], "formulary.product-unknown",
                "entries[0].product"
            ),
        ] as [([FormularyEntry], String, String)])
    func badEntries(entries: [FormularyEntry], code: String, field: String) async throws {
        try await withFormulary { fixture in
            let draft = try await fixture.drafted([])
            let refusal = await formularyRefusal {
                try await fixture.within { [keeper = fixture.keeper] transaction in
                    try PutFormularyEntries(version: draft.id, entries: entries).run(
                        in: transaction, by: keeper, at: .ofTests)
                }
            }
            #expect(refusal?.code.rawValue == code)
            #expect(refusal?.field == field)
            #expect(try await fixture.count("SELECT count(*) FROM formulary.entry") == 0)
        }
    }

    @Test("each step needs the version in its state")
    func wrongStates() async throws {
        try await withFormulary { fixture in
            let keeper = fixture.keeper
            let entry = FormularyEntry(product: fixture.products[0], levels: [.county])
            func refusal(_ body: @escaping @Sendable (Transaction) throws -> Void) async -> String? {
                await formularyRefusal { try await fixture.within(body) }?.code.rawValue
            }
            let unknown = FormularyVersionID(UUID())
            #expect(
                await refusal {
                    _ = try PublishFormulary(version: unknown, validFrom: fixture.today).run(
                        in: $0, by: keeper, at: .ofTests)
                }
                    == "formulary.version-unknown")
            let empty = try await fixture.drafted([])
            #expect(
                await refusal { _ = try DraftFormulary(id: unknown, note: "").run(in: $0, by: keeper, at: .ofTests) }
                    == "formulary.draft-exists")
            #expect(
                await refusal {
                    _ = try PublishFormulary(version: empty.id, validFrom: fixture.today).run(
                        in: $0, by: keeper, at: .ofTests)
                }
                    == "formulary.version-empty")
            #expect(
                await refusal {
                    _ = try RemoveFormularyEntry(version: empty.id, product: entry.product).run(
                        in: $0, by: keeper, at: .ofTests)
                }
                    == "formulary.entry-unknown")
            try await fixture.within {
                _ = try PutFormularyEntries(version: empty.id, entries: [entry]).run(in: $0, by: keeper, at: .ofTests)
            }
            let yesterday = fixture.today.adding(days: -1)
            #expect(
                await refusal {
                    _ = try PublishFormulary(version: empty.id, validFrom: yesterday).run(
                        in: $0, by: keeper, at: .ofTests)
                }
                    == "formulary.valid-from-in-past")
            try await fixture.published(empty.id, from: fixture.today)
            #expect(
                await refusal {
                    _ = try PutFormularyEntries(version: empty.id, entries: [entry]).run(in: $0, by: keeper, at: .ofTests)
                }
                    == "formulary.version-not-draft")
            #expect(
                await refusal { _ = try WithdrawFormulary(version: empty.id).run(in: $0, by: keeper, at: .ofTests) }
                    == "formulary.version-in-force")
            let second = try await fixture.drafted([])
            #expect(
                await refusal {
                    _ = try PublishFormulary(version: second.id, validFrom: fixture.today).run(
                        in: $0, by: keeper, at: .ofTests)
                }
                    == "formulary.valid-from-taken")
            try await fixture.published(second.id, from: fixture.today.adding(days: 1))
            try await fixture.within {
                _ = try WithdrawFormulary(version: second.id).run(in: $0, by: keeper, at: .ofTests)
            }
            #expect(
                await refusal { _ = try WithdrawFormulary(version: second.id).run(in: $0, by: keeper, at: .ofTests) }
                    == "formulary.version-withdrawn")
            let inForce = try await fixture.within { [fixture] in
                try FormularyInForce($0).version(of: fixture.consortium, on: fixture.today.adding(days: 9))
            }
            #expect(inForce?.number == 1)
        }
    }

    @Test("only the formulary's keeper changes it")
    func roles() async throws {
        try await withFormulary { fixture in
            let keeper = fixture.keeper
            let other = Principal(
                consortium: keeper.consortium, person: keeper.person, name: "保管员", facility: keeper.facility,
                company: nil,
                roles: [.storekeeper])
            await #expect(throws: IdentityRefusal.self) {
                try await fixture.within {
                    try DraftFormulary(id: FormularyVersionID(UUID()), note: "").run(in: $0, by: other, at: .ofTests)
                }
            }
        }
    }

    @Test("two keepers who draft at once make one draft")
    func raceForTheDraft() async throws {
        try await withFormulary { fixture in
            let outcomes = await withTaskGroup(of: String.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        do {
                            _ = try await fixture.drafted([])
                            return "drafted"
                        } catch {
                            return (error as? FormularyRefusal)?.code.rawValue ?? "\(error)"
                        }
                    }
                }
                return await group.reduce(into: [String]()) { $0.append($1) }
            }
            #expect(outcomes.sorted() == ["drafted"] + Array(repeating: "formulary.draft-exists", count: 3))
        }
    }

    @Test("another consortium neither sees nor changes a version")
    func otherConsortium() async throws {
        try await withFormulary { fixture in
            let draft = try await fixture.drafted([FormularyEntry(product: fixture.products[0], levels: [.county])])
            let stranger = try await aKeeper(of: "yangxi", in: fixture.database)
            let refusal = await formularyRefusal {
                try await fixture.database.application.write(as: stranger.tenant) { transaction in
                    try PublishFormulary(version: draft.id, validFrom: Instant.ofTests.businessDay)
                        .run(in: transaction, by: stranger, at: .ofTests)
                }
            }
            #expect(refusal?.code.rawValue == "formulary.version-unknown")
            let seen = try await fixture.database.application.read(as: stranger.tenant) { transaction in
                try transaction.first("SELECT count(*) AS count FROM formulary.entry") { try $0["count"] as Int }
            }
            #expect(seen == 0)
        }
    }

    @Test("a published version whose entries are tampered with is found")
    func tampering() async throws {
        try await withFormulary { fixture in
            let draft = try await fixture.drafted([FormularyEntry(product: fixture.products[0], levels: [.county])])
            try await fixture.published(draft.id, from: fixture.today)
            let defects: SQL = """
                SELECT count(*) AS count FROM formulary.version
                 WHERE status = 'published' AND content_sha256 <> formulary.digest_of_entries(consortium_id, version_id)
                """
            #expect(try await fixture.count(defects) == 0)
            // Only the owner of the tables can: the program's role is stopped by a policy.
            let owner = fixture.database.owner
            try await owner.write { _ = try $0.execute("UPDATE formulary.entry SET levels = ARRAY['county', 'village']") }
            #expect(try await fixture.count(defects) == 1)
            try await owner.write { _ = try $0.execute("UPDATE formulary.entry SET levels = ARRAY['county']") }
            #expect(try await fixture.count(defects) == 0)
        }
    }

    @Test("essential medicines are counted by level, pieces and consumables left out")
    func essentialShares() async throws {
        try await withFormulary { fixture in
            let products = fixture.products
            let draft = try await fixture.drafted([
                FormularyEntry(product: products[0], levels: [.county, .township]),
                FormularyEntry(product: products[2], levels: [.county]),
                FormularyEntry(product: products[3], levels: [.county]),
            ])
            let shares = try await fixture.within { [fixture] in
                try FormularyVersionsStore($0, of: fixture.consortium).essentialShares(in: draft.id)
            }
            #expect(shares.map(\.level) == [.county, .township])
            #expect(shares.map(\.medicines) == [2, 1])
            #expect(shares.map(\.essential) == [1, 1])
        }
    }

    @Test("the difference of two versions names what came, went and changed")
    func difference() async throws {
        try await withFormulary { fixture in
            let products = fixture.products
            let first = try await fixture.drafted([
                FormularyEntry(product: products[0], levels: [.county]),
                FormularyEntry(product: products[1], levels: [.county]),
                FormularyEntry(product: products[3], levels: [.county], daysMax: 3),
            ])
            try await fixture.published(first.id, from: fixture.today)
            let second = try await fixture.drafted([
                FormularyEntry(product: products[2], levels: [.township]),
                FormularyEntry(product: products[0], levels: [.county, .village], restriction: "限门诊"),
            ])
            let difference = try await fixture.within { [fixture] transaction in
                _ = try RemoveFormularyEntry(version: second.id, product: products[1]).run(
                    in: transaction, by: fixture.keeper, at: .ofTests)
                return try FormularyDifference(from: first.id, to: second.id, of: fixture.consortium, transaction)
            }
            #expect(difference.added.map(\.product.id) == [products[2]])
            #expect(difference.removed.map(\.product.id) == [products[1]])
            #expect(difference.changed.map(\.product.id) == [products[0]])
            let changes = try #require(difference.changed.first).changes
            #expect(changes.map(\.field) == ["levels", "restriction"])
            #expect(changes.map(\.before) == ["county", ""])
            #expect(changes.map(\.after) == ["county,village", "限门诊"])
        }
    }
}
