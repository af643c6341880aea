/** Five tasks, each as small as it can be. */
package com.example.snippets.tasks;
