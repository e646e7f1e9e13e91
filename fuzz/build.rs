//! Emits the models whose reading is fuzzed.

fn main() {
    modelsmith::build::models("models.yaml").generate();
}
