import Foundation
import Primitives
import Web

/// The centre pools what was approved, tenders it, opens the bids at their time and awards to the lowest.
struct DemoTendering: Sendable {
    /// An awarded tender and the pool it was made from.
    struct Awarded: Sendable {
        let pool: String
        let tender: String
    }

    /// What can be bid for: a package and the articles of its product that have a price.
    private struct Package: Sendable {
        let number: Int64
        let quantity: Int64
        let isDevice: Bool
        let articles: [(id: Int64, price: Money)]
    }

    let client: DemoClient
    let members: DemoMembers
    let today: CalendarDate
    /// Bids are taken for this long after the tender is made.
    let biddingSeconds: Int

    func run(cycle: String) async throws -> Awarded? {
        let pool = try await client.post("/pools", .of(["cycle": .string(cycle)]), as: DemoCycle.officer)
        let id = try pool.text("id")
        let again = try await client.refused(
            "/pools", .of(["cycle": .string(cycle)]), as: DemoCycle.officer, with: "pooled-procurement.nothing-to-pool")
        let lines = try await client.all("/pools/\(id)/lines", as: DemoCycle.officer)
        Terminal.say("汇总 pool \(try pool.text("number")): \(lines.count) products; pooling again: \(again)")
        if let line = try lines.max(by: { try $0.number("shareCount") < $1.number("shareCount") }) {
            let shares = try await client.all("/pools/\(id)/lines/\(try line.number("product"))/shares", as: DemoCycle.officer)
            let parts = try shares.map { "\(members.facility(try $0.number("facility"))?.name ?? "") \(try $0.number("quantity"))" }
            let product = try await client.get("/products/\(try line.number("product"))", as: DemoCycle.officer)["product"]
            Terminal.say(
                "   \(product?["genericName"]?.string ?? "") \(try line.number("quantity")) = \(parts.joined(separator: " + "))")
        }
        let products = try await products(of: lines)
        let tenderable = lines.filter { line in line["product"]?.integer.flatMap { products[$0] }?.articles.isEmpty == false }
        guard !tenderable.isEmpty else {
            Terminal.say("   nothing of it has a price to tender at")
            return nil
        }
        let tender = try await publish(pool: id, tenderable)
        try await bid(tender, try await packages(of: tender, products))
        try await open(tender)
        return Awarded(pool: id, tender: tender)
    }

    private typealias Offered = (isDevice: Bool, articles: [(id: Int64, price: Money)])

    private func products(of lines: [JSONValue]) async throws -> [Int64: Offered] {
        let offered = try await DemoCycle.inParallel(try lines.map { try $0.number("product") }) { [client] product in
            let view = try await client.get("/products/\(product)", as: DemoCycle.officer)
            let articles = try (view["articles"]?.elements ?? []).compactMap { entry -> (id: Int64, price: Money)? in
                guard let article = entry["article"], let text = article["referencePrice"]?.string, let price = Money(yuan: text),
                    price > .zero
                else { return nil }
                return (try article.number("id"), price)
            }
            return (product, (view["product"]?["kind"]?.string == "consumable", articles))
        }
        return Dictionary(offered, uniquingKeysWith: { first, _ in first })
    }

    private func publish(pool: String, _ lines: [JSONValue]) async throws -> String {
        let closing = TimeSource.system.now.adding(.seconds(biddingSeconds))
        let tender = try await client.post(
            "/pools/\(pool)/tenders",
            .of([
                "title": .string("\(today) 演示招标"), "bidsCloseAt": .string("\(closing)"), "opensAt": .string("\(closing)"),
                "lines": .array(try lines.map { .of(["product": .integer(try $0.number("product"))]) }),
                "ceilingBasis": "most-expensive",
            ]), as: DemoCycle.officer)
        let id = try tender.text("id")
        let companies = try await DemoCycle.inParallel(Self.suppliers) { [client] supplier in
            try await client.get("/me", as: supplier).number("company")
        }
        try await client.post(
            "/tenders/\(id)/invitations", .of(["companies": .array(companies.map(JSONValue.integer))]), as: DemoCycle.officer)
        try await client.post("/tenders/\(id)/publication", as: DemoCycle.officer)
        Terminal.say("招标 tender \(try tender.text("number")): \(lines.count) packages, \(companies.count) suppliers invited")
        return id
    }

    /// Six that supply medicines, of whom the last one's licence has lapsed, and two that supply devices.
    private static let suppliers = (1...8).map { "supplier-\($0)" }

    private func packages(of tender: String, _ products: [Int64: Offered]) async throws -> [Package] {
        let detail = try await client.get("/tenders/\(tender)", as: DemoCycle.officer)
        return try (detail["packages"]?.elements ?? []).compactMap { package in
            guard let terms = package["terms"], let offered = products[try terms.number("product")] else { return nil }
            return Package(
                number: try package.number("number"), quantity: try terms.number("quantity"), isDevice: offered.isDevice,
                articles: offered.articles)
        }
    }

    private func bid(_ tender: String, _ packages: [Package]) async throws {
        let path = "/tenders/\(tender)/bids"
        if let first = packages.first(where: { !$0.isDevice }), let article = first.articles.max(by: { $0.price < $1.price }) {
            func offer(_ price: Money) -> JSONValue { Self.offer(first, article.id, price, first.quantity) }
            let tooDear = try await client.refused(
                path, offer(article.price + article.price), as: "supplier-1", with: "tendering.price-above-ceiling")
            let lapsed = try await client.refused(path, offer(article.price), as: "supplier-6", with: "tendering.licence-missing")
            Terminal.say("   supplier-1 above the ceiling: \(tooDear)\n   supplier-6: \(lapsed)")
        }
        let early = try await client.refused(
            "/tenders/\(tender)/opening", [:], as: DemoCycle.officer, with: "tendering.opening-too-early")
        Terminal.say("   opening now: \(early)")
        let bids = packages.flatMap { package in
            (package.isDevice ? [7, 8] : [1, 2, 3, 4, 5]).map { (supplier: Int64($0), package: package) }
        }
        _ = try await DemoCycle.inParallel(bids) { [client] supplier, package in
            let article = package.articles[Int(supplier + package.number) % package.articles.count]
            // From 80 to 99 per cent of the reference price; every third offer is for a part of the quantity.
            let perCent = 80 + (supplier * 7 + package.number * 3) % 20
            let price = Money(tenThousandths: max(1, article.price.tenThousandths * perCent / 100))
            let part = (supplier + package.number) % 3 == 0 ? max(1, package.quantity * 6 / 10) : package.quantity
            try await client.post(path, Self.offer(package, article.id, price, part), as: "supplier-\(supplier)")
        }
        Terminal.say("   \(bids.count) sealed bids")
    }

    private static func offer(_ package: Package, _ article: Int64, _ price: Money, _ quantity: Int64) -> JSONValue {
        .of([
            "package": .integer(package.number), "article": .integer(article), "packPrice": .string("\(price)"),
            "offeredQuantity": .integer(quantity),
        ])
    }

    /// Waits for the published time of the opening, opens, and awards as evaluated.
    private func open(_ tender: String) async throws {
        let published = try await client.get("/tenders/\(tender)", as: DemoCycle.officer)
        guard let text = published["tender"]?["opensAt"]?.string, let opensAt = Instant(text) else {
            throw CommandFailure("the tender does not say when it opens")
        }
        let wait = opensAt.microseconds - TimeSource.system.now.microseconds + 200_000
        if wait > 0 { try await Task.sleep(for: .microseconds(wait)) }
        try await client.post("/tenders/\(tender)/opening", as: DemoCycle.officer)
        try await client.post("/tenders/\(tender)/awards", .of(["deviations": []]), as: DemoCycle.officer)
        let awards = try await client.get("/tenders/\(tender)", as: DemoCycle.officer)["awards"]?.elements ?? []
        let split = Dictionary(grouping: awards) { $0["package"]?.integer ?? 0 }.values.count { $0.count > 1 }
        Terminal.say("定标 opened at its time: \(awards.count) awards, \(split) packages split")
        if let award = awards.first {
            Terminal.say(
                "     package \(try award.number("package")): \(try award.number("quantity")) at \(try award.text("packPrice")) yuan a pack; "
                    + (award["reason"]?["chinese"]?.string ?? award["reason"]?.text() ?? ""))
        }
    }
}
