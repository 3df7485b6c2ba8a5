import Postgres
import Primitives

/// The steps of a search, best match first. Within a transaction a text has the same steps each time, so that a list goes
/// on where it ended.
///
/// Every statement is answered by an index, and none by more than some thousand rows: what more products have
/// is looked for from the shortest name on.
struct SearchSteps {
    private let text: SearchText
    private let transaction: Transaction

    /// With more words than this only names are searched.
    private static let wordsMax = 4
    /// Products that are collected before they are ordered.
    private static let collectedMax = 1_000
    /// Products that are asked for their manufacturers, one by one.
    private static let askedMax = 300

    init(_ text: SearchText, in transaction: Transaction) {
        self.text = text
        self.transaction = transaction
    }

    static var everything: [SearchStep] {
        [SearchStep(orders: SearchMatch.any.order()...SearchMatch.any.order()) { .everything }]
    }

    // MARK: - As it stands

    /// Products that have the text as it stands.
    func exact() throws -> [SearchStep] {
        let phrase = text.phrase
        let (whole, beginning, part) = (SearchMatch.whole.order(), SearchMatch.beginning.order(), SearchMatch.part.order())
        let isLetter = SearchGrams.lookup(phrase, .part) == nil
        let isBeginningOfMany = try count([(phrase, .beginning)]) > Self.collectedMax
        let isPartOfMany = try !isLetter && count([(phrase, .part)]) > Self.collectedMax
        // What very many names begin with is no code.
        let codes = isBeginningOfMany ? nil : CodeHits(text).statement
        let noCode: [SQL] = codes.map { ["product.product_id IN (SELECT coded.product_id FROM (\($0)) AS coded)"] } ?? []
        let others = isLetter ? [] : made(text, as: SearchMatch.maker.order(), SearchMatch.words.order(), unless: noCode)
        guard isBeginningOfMany || isPartOfMany else {
            return [SearchStep(orders: whole...part) { names(.beginning, .part, codes: codes) }] + others
        }
        let beginnings: [SearchStep]
        if !isBeginningOfMany {
            beginnings = [SearchStep(orders: whole...beginning) { names(.beginning, codes: codes) }]
        } else {
            beginnings = [
                SearchStep(orders: whole...whole) { names(.whole, codes: nil) },
                SearchStep(orders: beginning...beginning) {
                    .all(having: NameCondition.has(phrase, .beginning, "named"), unless: [NameCondition.has(phrase, .whole, "named")])
                },
            ]
        }
        let parts = SearchStep(orders: part...part) {
            .all(having: NameCondition.has(phrase, .part, "named"), unless: [NameCondition.has(phrase, .beginning, "named")] + noCode)
        }
        return beginnings + (isLetter ? [] : [parts]) + others
    }

    /// Products with a name that fits, each by the best fit, and those with codes.
    private func names(_ fits: SearchGrams.Fit..., codes: SQL?) -> SearchStep.Candidates? {
        let phrase = text.phrase
        let named: [SQL] = fits.compactMap { fit in
            NameCondition.indexed(phrase, fit, "named").map { condition in
                """
                SELECT named.product_id,
                       CASE WHEN \(NameCondition.has(phrase, .whole, "named")) THEN \(SearchMatch.whole.order())
                            WHEN \(NameCondition.has(phrase, .beginning, "named")) THEN \(SearchMatch.beginning.order())
                            ELSE \(SearchMatch.part.order()) END AS place_order
                  FROM formulary.product_search AS named WHERE \(condition)
                """
            }
        }
        return SQL.union(named + [codes].compactMap { $0 }).map { .among($0) }
    }

    /// How many products have the pieces of all of the words, as far as it matters.
    private func count(_ words: [(String, SearchGrams.Fit)]) throws -> Int {
        let conditions = words.compactMap { word, fit in
            SearchGrams.lookup(word, fit).map { grams -> SQL in "named.grams @> \(grams)" }
        }
        return try transaction.first(
            """
            SELECT count(*) AS count FROM (SELECT FROM formulary.product_search AS named
                                            WHERE \(SQL.all(conditions)) LIMIT \(Self.collectedMax + 1)) AS counted
            """
        ) { try $0["count"] as Int } ?? 0
    }

    // MARK: - By manufacturer and by words

    /// Products by their manufacturer, then by words of which some may be the manufacturer's.
    private func made(_ text: SearchText, as maker: Int, _ words: Int, unless: [SQL]) -> [SearchStep] {
        let byName = unless + [NameCondition.has(text.phrase, .part, "named")]
        let byMaker = SearchStep(orders: maker...maker) {
            switch try Makers(named: [text.phrase], in: transaction) {
            case .nobody: nil
            case .few(let companies): .among(Makers.products(of: companies, order: maker), unless: byName)
            case .many: .all(having: Makers.make(named: [text.phrase]), unless: byName)
            }
        }
        guard text.words.count > 1 else { return [byMaker] }
        let byWords = SearchStep(orders: words...words) {
            let phraseOfMaker: [SQL] =
                if case .nobody = try Makers(named: [text.phrase], in: transaction) { [] } else { [Makers.make(named: [text.phrase])] }
            return try combined(text.words, order: words, unless: byName + phraseOfMaker)
        }
        return [byMaker, byWords]
    }

    /// Every word in a name, or some of them in the manufacturer's name instead.
    private func combined(_ words: [String], order: Int, unless: [SQL]) throws -> SearchStep.Candidates? {
        var ofMakers: Set<String> = []
        if words.count <= Self.wordsMax {
            for word in Set(words) {
                if case .nobody = try Makers(named: [word], in: transaction) { continue }
                ofMakers.insert(word)
            }
        }
        var collected: [SQL] = []
        var conditions: [SQL] = []
        for choice in 0..<(1 << min(words.count, Self.wordsMax)) {
            let chosen = words.indices.filter { $0 < Self.wordsMax && choice >> $0 & 1 == 1 }.map { words[$0] }
            let rest = words.indices.filter { $0 >= Self.wordsMax || choice >> $0 & 1 == 0 }.map { words[$0] }
            guard chosen.allSatisfy(ofMakers.contains) else { continue }
            let makers: Makers? = chosen.isEmpty ? nil : try Makers(named: chosen, in: transaction)
            if case .nobody? = makers { continue }
            let named = rest.map { NameCondition.has($0, NameCondition.fit($0), "named") }
            conditions.append(SQL.all(named + (chosen.isEmpty ? [] : [Makers.make(named: chosen)])))
            if let statement = try collect(named: rest, makers, chosen, order: order) { collected.append(statement) }
        }
        if collected.count == conditions.count { return SQL.union(collected).map { .among($0, unless: unless) } }
        return .all(having: SQL.any(conditions), unless: unless)
    }

    /// The products of one way to read the words; `nil` when they are too many.
    private func collect(named words: [String], _ makers: Makers?, _ ofMaker: [String], order: Int) throws -> SQL? {
        let count = try words.isEmpty ? Int.max : count(words.map { ($0, NameCondition.fit($0)) })
        let indexed = words.compactMap { NameCondition.indexed($0, NameCondition.fit($0), "named") }
        if case .few(let companies)? = makers, count > Self.askedMax {
            return """
                SELECT named.product_id, made.place_order
                  FROM (\(Makers.products(of: companies, order: order))) AS made
                  JOIN formulary.product_search AS named USING (product_id)
                 WHERE \(SQL.all(words.map { NameCondition.has($0, NameCondition.fit($0), "named") }))
                """
        }
        guard count <= (makers == nil ? Self.collectedMax : Self.askedMax) else { return nil }
        return """
            SELECT product.product_id, \(order)::bigint AS place_order FROM formulary.product
              JOIN formulary.product_search AS named USING (product_id)
             WHERE \(SQL.all(indexed + (makers == nil ? [] : [Makers.make(named: ofMaker)])))
            """
    }

    // MARK: - As it may be meant

    /// Products and manufacturers that are read like the text.
    func sound() -> [SearchStep] {
        guard text.mayBeMisspelt, let reading = text.reading, reading.phrase.utf8.count >= 3 else { return [] }
        let phrase = reading.phrase
        let orders = (0...2).map { SearchMatch.sound.order(distance: $0) }
        let byName = SearchStep(orders: orders[0]...orders[0]) {
            guard try count([(phrase, .part)]) <= Self.collectedMax else {
                return .all(having: NameCondition.has(phrase, .part, "named"))
            }
            return NameCondition.indexed(phrase, .part, "named").map { condition in
                .among("SELECT named.product_id, \(orders[0])::bigint AS place_order FROM formulary.product_search AS named WHERE \(condition)")
            }
        }
        return [byName] + made(reading, as: orders[1], orders[2], unless: [])
    }

    /// Products that differ from the text by a slip or two, nearest first; of manufacturers, the nearest.
    func similar() throws -> [SearchStep] {
        guard let misspelling = Misspelling(text) else { return [] }
        let names = SimilarNames(transaction)
        let products = try names.products(misspelling)
        let order = SearchMatch.similar.order()
        guard products.isEmpty else {
            let orders = products.map { SearchMatch.similar.order(distance: $0.distance) }
            return [
                SearchStep(orders: order...(orders.max() ?? order)) {
                    .among("SELECT * FROM unnest(\(products.map(\.id)), \(orders)) AS near (product_id, place_order)")
                }
            ]
        }
        let makers = try names.makers(misspelling)
        guard !makers.isEmpty else { return [] }
        return [SearchStep(orders: order...order) { .among(Makers.products(of: makers, order: order)) }]
    }
}
