import Formulary
import Parties
import Primitives
import StockLedger

/// What a pharmacy keeps of one product, and how it is asked for.
struct Shelf {
    let product: CatalogueProduct
    /// In how many of a hundred days somebody asks for it.
    let daysOfHundred: Int
    /// The most patients of such a day.
    let patientsMax: Int64
    /// Base units for one patient.
    let course: Int64
    /// Whether the supplier stops delivering before the history ends.
    let isShort: Bool
    /// Whether it lies there until its batch is about to expire.
    let isSlow: Bool

    init(_ product: CatalogueProduct, in store: Store, level: FacilityLevel, of consortium: String) {
        self.product = product
        let draw = StableNumber(consortium, store.code, product.code)
        isSlow = draw.below(100) < 6
        isShort = !isSlow && draw.below(100) < 11
        let isLarge = level == .county || level == .city
        let pace = draw.below(997) % 4 + 1
        daysOfHundred = isSlow ? 1 : pace * 10
        patientsMax = Int64(draw.below(991) % (isLarge ? 9 : 3) + 1)
        course = Self.course(of: product)
    }

    /// What is there when the ledger begins.
    var opening: BaseUnits {
        isSlow ? BaseUnits(fourWeeks.rawValue + 6 * product.packSize * patientsMax) : fourWeeks
    }

    /// What four weeks use on average, in base units; at least one pack.
    var fourWeeks: BaseUnits {
        let used = Int64(daysOfHundred) * 28 * (patientsMax + 1) * course / 200
        return BaseUnits(max(used, 1)).roundedUp(toPacksOf: BaseUnits(product.packSize))
    }

    /// A box of tablets, three ampoules, three days of herbal pieces, a tenth of a box of consumables.
    private static func course(of product: CatalogueProduct) -> Int64 {
        switch product.kind {
        case .herbal: 45
        case .consumable: max(1, product.packSize / 10)
        case .western, .patent, .ethnic: product.isInjected ? 3 : product.packSize
        }
    }

    /// What a pharmacy keeps of the formulary: medicines of long-term conditions first, then essential ones.
    static func assortment(
        of store: Store, level: FacilityLevel, in consortium: String, from products: [CatalogueProduct]
    ) -> [Shelf] {
        let kept = level == .county || level == .city ? 120 : 60
        let ranked = products.filter { FormularySelection.levels(of: $0).contains(level) }.map { product in
            (product: product, rank: rank(product), draw: StableNumber("kept", consortium, store.code, product.code).value)
        }
        return ranked.sorted { ($0.rank, $0.draw) < ($1.rank, $1.draw) }.prefix(kept)
            .map { Shelf($0.product, in: store, level: level, of: consortium) }
    }

    /// A third of the long-term and of the essential products share the first rank, so that no shelf is like another.
    private static func rank(_ product: CatalogueProduct) -> Int {
        let draw = StableNumber("rank", product.code).below(3)
        if product.isChronic, product.isEssential { return draw == 0 ? 0 : 1 }
        return product.isEssential || product.kind == .ethnic ? draw + 1 : 3
    }
}

/// A batch as its maker numbers it: the same for everybody who gets packs of that month.
struct MakersBatch {
    let key: BatchKey

    /// - Parameter made: the month of manufacture, by its first day.
    init(of product: CatalogueProduct, made: CalendarDate) {
        let draw = StableNumber("batch", product.code)
        let months = [24, 24, 36][draw.below(3)]
        let (year, month, _) = made.components
        let line = 10 + draw.below(90)
        key = BatchKey(
            article: product.article, product: product.id, batchNumber: "\(year % 100 * 100 + month)\(line)",
            expiresOn: made.firstOfMonth(addingMonths: months))
    }

    /// A remainder of an old batch that expires on `expiresOn`.
    init(of product: CatalogueProduct, expiresOn: CalendarDate) {
        key = BatchKey(
            article: product.article, product: product.id,
            batchNumber: "\(expiresOn.components.year % 100)\(10 + StableNumber("old", product.code).below(90))R",
            expiresOn: expiresOn)
    }
}
