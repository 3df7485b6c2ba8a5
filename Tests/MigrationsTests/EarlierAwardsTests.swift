import Foundation
import Migrations
import Postgres
import TestSupport
import Testing

@Suite("Awards from before prices were kept")
struct EarlierAwardsTests {
    @Test("get their prices from the day of the award, in Shanghai, so that their orders can be sent")
    func prices() async throws {
        try await withWorkplace { place in
            let source = "\(repositoryRoot)/db/migrations"
            let files = try FileManager.default.contentsOfDirectory(atPath: source).filter { $0.hasSuffix(".sql") }.sorted()
            let first = try #require(files.firstIndex { $0.contains("_prices_") })
            for file in files[1..<first] {
                try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: "\(place.directory)/\(file)")
            }
            try await place.migrator.migrate(place.conninfo)
            try await place.run { try $0.execute(script: Self.award) }
            for file in files[first...] {
                try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: "\(place.directory)/\(file)")
            }
            try await place.migrator.migrate(place.conninfo)
            let found = try await place.run { transaction in
                try transaction.query(
                    """
                    SELECT concat_ws(' ', kind, package_number, pack_price, pack_size, valid_from, valid_through, source) AS price
                      FROM prices.agreed_price
                    """
                ) { try $0["price"] as String }
            }
            #expect(found == ["awarded 1 98000 28 2026-11-22 ZB-2026-000001"])
        }
    }

    /// A tender that was awarded at five in the afternoon, UTC.
    private static let award = """
        INSERT INTO parties.consortium (code, name, shape) VALUES ('c', 'c', 'county-community');
        INSERT INTO parties.company (name, is_supplier) VALUES ('s', true);
        INSERT INTO formulary.product (
            code, kind, generic_name, dosage_form, strength, base_unit, reimbursement, essential, volume_based,
            long_prescription, special_control, storage, light_protected, pinyin, pinyin_initials)
        VALUES ('p', 'western', 'p', 'tablet', '1mg', 'tablet', 'A', true, false, false, 'none', 'room', false, '', '');
        INSERT INTO formulary.article (product_id, pack_size, pack_unit, pack_text) VALUES (1, 28, '盒', '28/盒');
        INSERT INTO tendering.tender (
            consortium_id, tender_id, serial, number, title, bids_close_at, opens_at, state, drafted_by_id, drafted_at, opened_at,
            awarded_at)
        VALUES (1, '01936f2e-7c00-7000-8000-000000000001', 1, 'ZB-2026-000001', 't', '2026-11-20T00:00Z', '2026-11-20T00:00Z',
                'awarded', 1, '2026-11-19T00:00Z', '2026-11-20T00:00Z', '2026-11-21T17:00Z');
        INSERT INTO tendering.tender_package (
            consortium_id, tender_id, package_number, product_id, quantity, ceiling_price, ceiling_units, shares)
        VALUES (1, '01936f2e-7c00-7000-8000-000000000001', 1, 1, 1000, 130000, 28, '{}');
        INSERT INTO tendering.invitation (consortium_id, tender_id, company_id, invited_at)
        VALUES (1, '01936f2e-7c00-7000-8000-000000000001', 1, '2026-11-19T00:00Z');
        INSERT INTO tendering.bid (
            consortium_id, bid_id, tender_id, package_number, company_id, article_id, product_id, pack_price, pack_size,
            offered_quantity, submitted_at, state)
        VALUES (1, '01936f2e-7c00-7000-8000-000000000002', '01936f2e-7c00-7000-8000-000000000001', 1, 1, 1, 1, 98000, 28, 1000,
                '2026-11-19T00:00Z', 'valid');
        INSERT INTO tendering.award (
            consortium_id, tender_id, package_number, award_number, bid_id, company_id, article_id, quantity, pack_price,
            pack_size, is_deviation, reason_chinese, reason_english)
        VALUES (1, '01936f2e-7c00-7000-8000-000000000001', 1, 1, '01936f2e-7c00-7000-8000-000000000002', 1, 1, 1000, 98000, 28,
                false, 'x', 'x');
        """
}
