import Primitives
import Testing
import Web

@Suite("The validator of answers")
struct AnswerValidatorTests {
    static let document: JSONValue = [
        "paths": [
            "/toys/{toyID}": [
                "get": [
                    "operationId": "toys.get",
                    "responses": ["200": ["content": ["application/json": ["schema": ["$ref": "#/components/schemas/Toy"]]]]],
                ]
            ]
        ],
        "components": [
            "schemas": [
                "Toy": [
                    "type": "object", "required": ["name"], "additionalProperties": false,
                    "properties": [
                        "name": ["type": "string", "pattern": "^[a-z]+$"], "kind": ["type": "string", "enum": ["wooden"]],
                        "parts": ["type": "array", "items": ["type": "integer", "minimum": 1, "maximum": 9]],
                        "twin": ["anyOf": [["$ref": "#/components/schemas/Toy"], ["type": "null"]]],
                    ],
                ]
            ]
        ],
    ]

    private func defects(_ text: String, status: Int = 200, path: String = "/api/v1/toys/7") -> [String] {
        AnswerValidator(document: Self.document)
            .defects(method: "GET", path: path, status: status, contentType: "application/json; charset=utf-8", text: text)
    }

    @Test("takes what the document describes", arguments: [
        #"{"name": "bear"}"#, #"{"name": "bear", "kind": "wooden", "parts": [1, 9], "twin": {"name": "cub"}}"#,
        #"{"name": "bear", "parts": [], "twin": null}"#,
    ])
    func takes(text: String) {
        #expect(defects(text) == [])
    }

    @Test("finds every other answer", arguments: [
        "{}", #"{"name": 7}"#, #"{"name": "Bear"}"#, #"{"name": "bear", "kind": "iron"}"#, #"{"name": "bear", "colour": 1}"#,
        #"{"name": "bear", "parts": [0]}"#, #"{"name": "bear", "parts": [10]}"#, #"{"name": "bear", "parts": ["x"]}"#,
        #"{"name": "bear", "parts": [1.5]}"#, #"{"name": "bear", "twin": {}}"#, "[]", "{",
    ])
    func finds(text: String) {
        #expect(!defects(text).isEmpty)
    }

    @Test("finds statuses, types and paths that are not described")
    func others() {
        #expect(!defects("{}", status: 404).isEmpty)
        #expect(!defects("{}", path: "/api/v1/toys").isEmpty)
        let text = AnswerValidator(document: Self.document)
            .defects(method: "GET", path: "/api/v1/toys/7", status: 200, contentType: "text/plain", text: "")
        #expect(!text.isEmpty)
        let unknown = AnswerValidator(document: Self.document).defects(of: "x", ["contains": true], at: "$")
        #expect(unknown == ["$: the schema word contains is not understood"])
    }
}
