import Parties
import Postgres
import Prices
import Primitives

/// Says on which platform a demonstration consortium buys, and lists the catalogue there at its reference prices. Leaves a
/// consortium alone that has chosen its platform.
struct LoadPrices: Sendable {
    let consortium: LoadedConsortium
    let platform: String

    /// - Parameter start: the first moment of the history.
    func run(in transaction: Transaction, at start: Instant) throws {
        let officer = try consortium.principal("officer")
        guard try !PriceReadings(transaction).platforms(for: officer).contains(where: \.isChosen) else { return }
        try ChoosePlatform(platform: platform).run(in: transaction, by: officer, at: start)
        let rows = try transaction.query(
            """
            SELECT article_id, reference_price FROM formulary.article
             WHERE reference_price > 0 AND withdrawn_on IS NULL ORDER BY article_id
            """
        ) { row in
            let (article, price): (ArticleID, Money) = (try row["article_id"], try row["reference_price"])
            return "\(article),\(price),\(start.businessDay),\n"
        }
        guard !rows.isEmpty else { return }
        // What another consortium of the province has listed already stays as it is.
        _ = try ImportPrices(
            kind: .listed, source: "演示：目录参考价", csv: Array("article,pack_price,valid_from,valid_through\n\(rows.joined())".utf8),
            acceptingTheRest: true
        ).run(in: transaction, by: officer, at: start)
    }
}
