import Formulary
import Foundation
import Identity
import Parties
public import PooledProcurement
public import Postgres
import Prices
public import Primitives

/// The order lines of one provincial platform in `shared/data/zj-orders`, with the listing prices they were bought at.
///
/// The publisher masked quantities and prices; the amount is genuine, and amount / listed price is the number of packs
/// where that is whole.
public struct ProvincialOrderExtract: Sendable {
    /// One listed article.
    public struct Listing: Sendable, Hashable {
        public let insuranceCode: String
        public let genericName: String
        public let dosageForm: String
        public let strength: String
        public let packSize: BaseUnits
        public let packUnit: String
        public let manufacturer: String
        public let packPrice: Money
    }

    /// A line whose number of packs is known.
    public struct Line: Sendable, Hashable {
        /// The line of the file it begins on.
        public let line: Int
        /// 订单明细代码; some stand on several lines, even of different medicines.
        public let externalCode: String
        public let insuranceCode: String
        public let institutionCode: String
        public let institutionName: String
        public let distributor: String
        public let project: String
        public let orderedAt: Instant
        public let packs: Int64
        public let amount: Money
    }

    public enum Defect: String, Sendable, CaseIterable {
        case unreadable
        /// The medicine has no listing, or its listing no price.
        case notListed = "not-listed"
        /// It was bought at another price than the listed one.
        case notWholePacks = "not-whole-packs"
    }

    /// By insurance code; of a code that is listed several times, the first.
    public private(set) var listings: [String: Listing] = [:]
    /// In the order of the file, repeated codes included.
    public private(set) var lines: [Line] = []
    /// The lines that cannot be ordered again, with the reason.
    public private(set) var defects: [(line: Int, externalCode: String, defect: Defect)] = []
    /// How many lines of the file repeat the code of an earlier line.
    public private(set) var repeatedCodes = 0

    /// `nil`, said loudly, when the data is absent.
    public static func read(for test: String = #function) throws -> ProvincialOrderExtract? {
        guard let listings = SharedData.require("zj-orders/listing_prices.csv", for: test),
            let orders = SharedData.require("zj-orders/orders.csv", for: test)
        else { return nil }
        return try ProvincialOrderExtract(listings: table(at: listings), orders: table(at: orders))
    }

    private typealias Table = (file: CatalogFile, column: [String: Int])

    private static func table(at path: String) throws -> Table {
        let file = try CatalogFile([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        return (file, Dictionary(uniqueKeysWithValues: file.header.enumerated().map { ($0.element, $0.offset) }))
    }

    private init(listings: Table, orders: Table) throws {
        for record in listings.file.records {
            func field(_ name: String) -> String { Self.field(name, record, listings.column) }
            let code = field("医保药品代码")
            guard self.listings[code] == nil, let price = Money(yuan: field("挂网价格")), let size = Int64(field("包装数量")) else {
                continue
            }
            self.listings[code] = Listing(
                insuranceCode: code, genericName: field("通用名"), dosageForm: field("剂型"), strength: field("规格"),
                packSize: BaseUnits(size), packUnit: field("最小包装单位名称"), manufacturer: field("生产企业名称"), packPrice: price)
        }
        var seen: Set<String> = []
        for record in orders.file.records {
            func field(_ name: String) -> String { Self.field(name, record, orders.column) }
            let code = field("订单明细代码")
            if !seen.insert(code).inserted { repeatedCodes += 1 }
            guard let amount = Money(yuan: field("采购金额")), amount > .zero,
                let orderedAt = Instant(field("订单时间") + "+08:00")
            else {
                defects.append((record.line, code, .unreadable))
                continue
            }
            guard let listing = self.listings[field("医保药品代码")] else {
                defects.append((record.line, code, .notListed))
                continue
            }
            let (packs, rest) = amount.tenThousandths.quotientAndRemainder(dividingBy: listing.packPrice.tenThousandths)
            guard rest == 0 else {
                defects.append((record.line, code, .notWholePacks))
                continue
            }
            lines.append(
                Line(
                    line: record.line, externalCode: code, insuranceCode: listing.insuranceCode,
                    institutionCode: field("医疗机构代码"), institutionName: field("医疗机构名称"), distributor: field("配送企业名称"),
                    project: field("项目名称"), orderedAt: orderedAt, packs: packs, amount: amount))
        }
    }

    /// The listings as a price list, each from `day` on.
    public func priceList(from day: CalendarDate) -> String {
        Self.priceList(
            of: listings.values.sorted { $0.insuranceCode < $1.insuranceCode }.map { "\($0.insuranceCode),\($0.packPrice),\(day)," })
    }

    /// What each medicine was bought at, on each day on which it was bought, as a price list of that one day.
    ///
    /// - Parameter change: what a price is to be instead.
    public func dailyPriceList(change: (_ code: String, _ day: CalendarDate, _ price: Money) -> Money) -> String {
        let rows = lines.map { line in
            let (price, day) = (Money(tenThousandths: line.amount.tenThousandths / line.packs), line.orderedAt.businessDay)
            return "\(line.insuranceCode),\(change(line.insuranceCode, day, price)),\(day),\(day)"
        }
        return Self.priceList(of: Set(rows).sorted())
    }

    private static func priceList(of rows: [String]) -> String {
        (["article,pack_price,valid_from,valid_through"] + rows).joined(separator: "\n")
    }

    private static func field(_ name: String, _ record: CatalogFile.Record, _ column: [String: Int]) -> String {
        guard let index = column[name], index < record.fields.count else { return "" }
        return record.fields[index].trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// The extract put into a database: a consortium of the institutions, the distributors with their licences, the listed
/// articles; and the orders made from its lines.
public struct ProvincialOrderReplay: Sendable {
    public struct Placed: Sendable, Hashable {
        public let order: OrderID
        /// The only line of the order is line 1.
        public let line: ProvincialOrderExtract.Line
    }

    public let officer: Principal
    public let facilities: [String: (facility: FacilityID, store: StoreID)]
    public let companies: [String: CompanyID]
    public let articles: [String: ArticleID]
    /// Orders that were made, in the order of the file.
    public private(set) var placed: [Placed] = []
    /// Lines that were refused, with the code of the refusal.
    public private(set) var refused: [(line: ProvincialOrderExtract.Line, code: String)] = []

    private struct Missing: Error {}

    /// Registers everybody and every article that `lines` name, and lists the articles' prices on the province's platform.
    ///
    /// - Parameter priceList: the prices; those of the extract's listings, valid since before the first order, unless told.
    public static func register(
        _ extract: ProvincialOrderExtract, priceList: String? = nil, in owner: Database
    ) async throws -> ProvincialOrderReplay {
        let start = Instant(microseconds: 1_640_966_400_000_000)  // 2022-01-01 in Shanghai
        let priceList = priceList ?? extract.priceList(from: start.businessDay)
        return try await owner.write { transaction in
            let parties = PartiesStore(transaction)
            func made<Value>(_ value: Value?) throws -> Value {
                guard let value else { throw Missing() }
                return value
            }
            let consortium = try made(parties.addConsortium(code: "zj", name: "省级平台", shape: .specialtyAlliance))
            var facilities: [String: (facility: FacilityID, store: StoreID)] = [:]
            var companies: [String: CompanyID] = [:]
            for line in extract.lines {
                if facilities[line.institutionCode] == nil {
                    let facility = try made(
                        parties.addFacility(
                            to: consortium, code: line.institutionCode, name: line.institutionName, level: .county, role: .member,
                            servesAs: "hospital"))
                    let store = try made(
                        parties.addStore(to: consortium, facility: facility, code: line.institutionCode, name: "药库", kind: .central))
                    facilities[line.institutionCode] = (facility, store)
                }
                if companies[line.distributor] == nil {
                    let company = try made(
                        parties.addCompany(name: line.distributor, creditCode: nil, isManufacturer: false, isSupplier: true))
                    try parties.addLicence(
                        Licence(
                            company: company, kind: .drugDistribution, number: line.distributor, validFrom: CalendarDate(day: 18_000),
                            validThrough: CalendarDate(day: 30_000)))
                    companies[line.distributor] = company
                }
            }
            var articles: [String: ArticleID] = [:]
            for listing in extract.listings.values.sorted(by: { $0.insuranceCode < $1.insuranceCode }) {
                articles[listing.insuranceCode] = try made(register(listing, parties, transaction))
            }
            let people = People(transaction)
            let home = try made(facilities.values.min { $0.facility < $1.facility })
            _ = try people.add(
                to: consortium, code: "officer", name: "采购中心", facility: home.facility, company: nil,
                roles: [.procurementOfficer, .supervisor, .storekeeper])
            let officer = try made(people.person(code: "officer", of: consortium)).principal(in: consortium)
            try ChoosePlatform(platform: "330000").run(in: transaction, by: officer, at: start)
            let listed = try ImportPrices(
                kind: .listed, platform: "330000", source: "浙江省挂网价格", csv: Array(priceList.utf8)
            ).run(in: transaction, by: nil, at: start)
            guard listed.isApplied else { throw Missing() }
            return ProvincialOrderReplay(officer: officer, facilities: facilities, companies: companies, articles: articles)
        }
    }

    private static func register(
        _ listing: ProvincialOrderExtract.Listing, _ parties: PartiesStore, _ transaction: Transaction
    ) throws -> ArticleID? {
        let kind = listing.insuranceCode.hasPrefix("Z") ? "patent" : "western"
        let product = try transaction.first(
            """
            INSERT INTO formulary.product (
                code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential, volume_based,
                long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
            VALUES (\(listing.insuranceCode), \(kind), \(listing.genericName), \(listing.dosageForm),
                    \("\(listing.strength) \(listing.insuranceCode)"), 'unit', 'A', false, true, false, 'none', 'room', false, '', '')
            RETURNING product_id
            """
        ) { try $0["product_id"] as ProductID }
        let maker = try parties.addCompany(name: listing.manufacturer, creditCode: nil, isManufacturer: true, isSupplier: false)
        return try transaction.first(
            """
            INSERT INTO formulary.article (
                product_id, manufacturer_id, insurance_code, pack_size, pack_unit, pack_text, reference_price)
            VALUES (\(product), \(maker), \(listing.insuranceCode), \(listing.packSize), \(listing.packUnit),
                    \("\(listing.packSize)/\(listing.packUnit)"), \(listing.packPrice))
            RETURNING article_id
            """
        ) { try $0["article_id"] as ArticleID }
    }

    /// Makes an order of one line for each of `lines`, at its time and the listed price; approves and sends it when
    /// `sending`. What is refused is kept with its code.
    public mutating func place(
        _ lines: some Collection<ProvincialOrderExtract.Line>, of extract: ProvincialOrderExtract, sending: Bool = false,
        in database: Database
    ) async throws {
        let (officer, facilities, companies, articles) = (officer, facilities, companies, articles)
        let all = Array(lines)
        for start in stride(from: 0, to: all.count, by: 250) {
            let batch = Array(all[start..<min(all.count, start + 250)])
            let (placed, refused) = try await database.write(as: officer.tenant) { transaction in
                var placed: [Placed] = []
                var refused: [(line: ProvincialOrderExtract.Line, code: String)] = []
                for line in batch {
                    guard let place = facilities[line.institutionCode], let company = companies[line.distributor],
                        let article = articles[line.insuranceCode], let listing = extract.listings[line.insuranceCode]
                    else { throw Missing() }
                    let terms = OrderLineTerms(
                        article: article, packs: line.packs, packPrice: listing.packPrice,
                        route: line.project == "带量采购中选品种" ? .selected : .listed, externalCode: line.externalCode)
                    let order = CreateOrder(
                        id: OrderID(UUID.version7(at: line.orderedAt)), company: company, facility: place.facility,
                        store: place.store, lines: [terms], reason: "省级平台历史订单")
                    do {
                        try transaction.savepoint {
                            _ = try order.run(in: transaction, by: officer, at: line.orderedAt)
                            guard sending else { return }
                            _ = try ApproveOrder(order: order.id).run(in: transaction, by: officer, at: line.orderedAt)
                            _ = try SendOrder(order: order.id).run(in: transaction, by: officer, at: line.orderedAt)
                        }
                        placed.append(Placed(order: order.id, line: line))
                    } catch let refusal as PooledProcurementRefusal {
                        refused.append((line, refusal.code.rawValue))
                    }
                }
                return (placed, refused)
            }
            self.placed += placed
            self.refused += refused
        }
    }
}
