import Foundation
import MedicationRules
import Primitives
import TestSupport
import Testing

@Suite("Routes and quantities of a course")
struct RouteTests {
    @Test("the routes are those of the catalogue, in groups that dosage forms have")
    func catalogue() throws {
        let text = try String(contentsOfFile: "\(repositoryRoot)/Catalogs/routes/routes.csv", encoding: .utf8)
        let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
        #expect(rows.count == 35 && AdministrationRoute.codes.count == 35)
        for row in rows {
            let route = try #require(AdministrationRoute(code: row[0]), "\(row)")
            #expect([route.code, route.chinese, route.english, route.group, route.nationalCode] == row)
            #expect(RouteGroup(rawValue: route.group) != nil, "\(row)")
        }
        #expect(AdministrationRoute(code: "PO") == nil)
    }

    @Test("a begun cycle has its dose", arguments: [("qod", 7, 4), ("qod", 8, 4), ("qw", 1, 1), ("qw", 8, 2), ("tid", 7, 21), ("biw", 7, 2)])
    func doses(code: String, days: Int, count: Int64) throws {
        #expect(try #require(DosingFrequency(code: code)).doses(in: days) == count)
    }

    @Test("a route is read from its code and nothing else")
    func coding() throws {
        let route = try #require(AdministrationRoute(code: "iv_drip"))
        let json = try JSONEncoder().encode([route])
        #expect(try JSONDecoder().decode([AdministrationRoute].self, from: json) == [route])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([AdministrationRoute].self, from: Data(#"["x"]"#.utf8)) }
    }
}
